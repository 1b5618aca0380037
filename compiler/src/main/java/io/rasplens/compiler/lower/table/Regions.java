package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.RegionTable;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tables over which an elementwise s-op may be computed. Its inferred table is over what the embedding and attention bring; a
 * narrower one ends at s-ops in between that are there in time: numbers that are affine in what attention brings, and whatever the
 * hidden layer of an earlier block can make.
 */
public final class Regions {
    /** An s-op with more values than this is not made one-hot just to be tested by another one. */
    private static final int MAX_EARLY_VALUES = 64;

    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final NodeMap<SOp, Stage> stages = new NodeMap<>();
    private final NodeMap<SOp, Boolean> affine = new NodeMap<>();

    public Regions(Facts facts, Readings readings, VariableReadings variables) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
    }

    /** The tables, none of which needs a later block than another; empty if all have too many combinations. */
    List<JointTable> tables(SOp sop) {
        var tables = new ArrayList<JointTable>();
        Optional<JointTable> whole = facts.table(sop);
        whole.ifPresent(tables::add);
        if (sop instanceof SOp.Elementwise node) {
            int block = stage(sop).mlp();
            if (whole.isEmpty() || whole.get().variables().size() > 1) {
                if (isAffine(node, block) || variables.isSqueezed(node)) {
                    facts.inference().identity(sop).ifPresent(tables::add);
                }
                RegionTable.of(node, below -> end(below, block))
                        .filter(table -> !tables.contains(table))
                        .ifPresent(tables::add);
            }
            if (tables.isEmpty()) {
                RegionTable.of(node, this::argument).ifPresent(tables::add);
            }
        }
        return tables;
    }

    /** From when on all that the s-op is computed from can be read: the stage of the last of its roots. */
    Stage stage(SOp sop) {
        return memoized(sop, stages, this::ownStage);
    }

    /** A property of a node that follows from its arguments'. Ascending ids put those first: no recursion is as deep as the graph. */
    private static <T> T memoized(SOp sop, NodeMap<SOp, T> known, Function<SOp, T> own) {
        T found = known.get(sop);
        if (found != null) {
            return found;
        }
        var unknown = new ArrayList<SOp>(List.of(sop));
        var seen = new BitSet();
        for (int i = 0; i < unknown.size(); i++) {
            if (unknown.get(i) instanceof SOp.Elementwise node) {
                for (SOp argument : node.arguments()) {
                    if (known.get(argument) == null && !seen.get(argument.id())) {
                        seen.set(argument.id());
                        unknown.add(argument);
                    }
                }
            }
        }
        unknown.sort(Comparator.comparingInt(SOp::id));
        for (SOp node : unknown) {
            T value = own.apply(node);
            known.put(node, value);
        }
        return Objects.requireNonNull(known.get(sop));
    }

    private Stage ownStage(SOp sop) {
        Optional<JointTable> table = facts.inference().table(sop);
        if (table.isPresent()
                && table.get().variables().stream()
                        .allMatch(v -> v instanceof Variable.Input || v instanceof Variable.Index)) {
            return Stage.EMBEDDING;
        }
        if (sop instanceof SOp.Elementwise node) {
            return node.arguments().stream()
                    .map(a -> Objects.requireNonNull(stages.get(a)))
                    .reduce(Stage.EMBEDDING, Stage::and);
        }
        if (table.isPresent()) {
            return table.get().variables().stream().map(variables::stage).reduce(Stage.EMBEDDING, Stage::and);
        }
        return readings.number(sop).stage();
    }

    /** The table of a node at which a region for a function in {@code block} may end. */
    private Optional<JointTable> end(SOp sop, int block) {
        Inference inference = facts.inference();
        Optional<JointTable> whole = inference.table(sop);
        if (!(sop instanceof SOp.Elementwise node)) {
            return whole;
        }
        if (readings.isOneHotFree(sop)) {
            return whole;
        }
        boolean early = stage(sop).mlp() < block
                && inference.values(sop) instanceof ValueSet.Finite finite
                && finite.values().size() <= MAX_EARLY_VALUES;
        return early || isAffine(node, block) || variables.isSqueezed(node)
                ? inference.identity(sop)
                : Optional.empty();
    }

    /** True if the s-op can be read as a number before the hidden layer of {@code block}, without a hidden unit of its own. */
    private boolean isAffine(SOp.Elementwise node, int block) {
        return stage(node).mlp() <= block && isAffine(node);
    }

    /** True if the s-op is a number that needs no hidden unit of its own. */
    public boolean isAffine(SOp sop) {
        return facts.isNumber(sop) && memoized(sop, affine, this::isOwnAffine);
    }

    private boolean isOwnAffine(SOp sop) {
        Optional<JointTable> table = facts.table(sop);
        if (!(sop instanceof SOp.Elementwise node) || facts.isLookup(sop)) {
            return facts.inference().values(sop).isNumeric()
                    && table.map(variables::isLinear).orElse(!(sop instanceof SOp.Elementwise));
        }
        if (facts.total(node).isPresent()) {
            return !variables.isSqueezed(node);
        }
        Optional<SOp> whole = facts.whole(node);
        if (whole.isPresent()) {
            return Objects.requireNonNull(affine.get(whole.get()));
        }
        return !AffineSum.of(node, part -> part != node).leaves().containsKey(node)
                && node.arguments().stream().allMatch(a -> Objects.requireNonNull(affine.get(a)));
    }

    /** The last way out: each argument by itself, whatever blocks that takes. */
    private Optional<JointTable> argument(SOp sop) {
        return sop instanceof SOp.Constant
                ? facts.inference().table(sop)
                : facts.inference().identity(sop);
    }
}
