package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.RegionTable;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The tables over which an elementwise s-op may be computed. Its inferred table is over what the embedding and attention bring; a
 * narrower one ends at s-ops in between that are there in time: numbers that are affine in what attention brings, and whatever the
 * hidden layer of an earlier block can make.
 */
public final class Regions {
    /** An s-op with more values than this is not made one-hot just to be tested by another one. */
    private static final int MAX_EARLY_VALUES = 64;

    /** The same where it is one of the cases of another, that has as many. */
    private static final int MAX_CUT_VALUES = 1 << 12;

    /** How many blocks later than all that it is computed from a function is tried. */
    private static final int MAX_LATER = 3;

    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final BiPredicate<SOp.Elementwise, Integer> otherWay;
    private final NodeMap<SOp, Stage> stages = new NodeMap<>();
    private final Memo<Attempted, Boolean> feasible = new Memo<>(this::isFeasible);
    private final NodeMap<SOp, Boolean> affine = new NodeMap<>();

    /**
     * The regions of a program.
     *
     * @param otherWay whether the hidden layer of a block can compute an s-op without a table
     */
    public Regions(
            Facts facts,
            Readings readings,
            VariableReadings variables,
            BiPredicate<SOp.Elementwise, Integer> otherWay) {
        this.otherWay = otherWay;
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
    }

    /**
     * The tables, none of which needs a later block than another; empty if all have too many combinations. Where there is none for the
     * first block in which all can be read, it is over the arguments, whatever blocks those take.
     */
    List<JointTable> tables(SOp sop) {
        List<JointTable> inTime = inTime(sop);
        if (!inTime.isEmpty() || !(sop instanceof SOp.Elementwise node)) {
            return inTime;
        }
        return facts.table(sop).or(() -> ofArguments(node)).map(List::of).orElse(List.of());
    }

    /** Over each argument by itself, whatever blocks that takes; empty if they have too many combinations. */
    Optional<JointTable> ofArguments(SOp sop) {
        return sop instanceof SOp.Elementwise node ? RegionTable.of(node, this::argument) : Optional.empty();
    }

    /** The tables of the first block in which all can be read. */
    List<JointTable> inTime(SOp sop) {
        var tables = new ArrayList<JointTable>();
        int block = stage(sop).mlp();
        Optional<JointTable> whole = whole(sop, block);
        whole.ifPresent(tables::add);
        if (sop instanceof SOp.Elementwise node) {
            if (whole.isEmpty() || whole.get().variables().size() > 1) {
                if (isAffine(node, block) || variables.isSqueezed(node)) {
                    facts.inference().identity(sop).ifPresent(tables::add);
                }
                RegionTable.of(node, below -> end(below, block))
                        .filter(table -> !tables.contains(table))
                        .ifPresent(tables::add);
            }
        }
        return tables;
    }

    /** Whether the s-op is written out over all that it is computed from. */
    public boolean isWhole(SOp sop) {
        return whole(sop, stage(sop).mlp()).isPresent();
    }

    /** The table over what the embedding and attention bring, and elementwise s-ops that stand in the stream before the block. */
    private Optional<JointTable> whole(SOp sop, int block) {
        return facts.table(sop)
                .filter(table -> table.variables().stream()
                        .allMatch(v -> !(v instanceof Variable.Computed computed)
                                || computed.sop() == sop
                                || !(computed.sop() instanceof SOp.Elementwise)
                                || isReady(computed.sop(), block)));
    }

    /** The first block whose hidden layer can compute the s-op, if it is one of the next after all can be read. */
    public OptionalInt ready(SOp.Elementwise node) {
        int first = stage(node).mlp();
        for (int block = first; block <= first + MAX_LATER; block++) {
            if (feasible.get(new Attempted(node, block))) {
                return OptionalInt.of(block);
            }
        }
        return OptionalInt.empty();
    }

    private record Attempted(SOp.Elementwise node, int block) {}

    private boolean isFeasible(Attempted attempted) {
        int first = stage(attempted.node()).mlp();
        return (attempted.block() == first && whole(attempted.node(), first).isPresent())
                || otherWay.test(attempted.node(), attempted.block())
                || (attempted.block() == first && !inTime(attempted.node()).isEmpty());
    }

    /** Whether the s-op stands in the stream before the hidden layer of a block, whatever units it takes in earlier ones. */
    private boolean isReady(SOp sop, int block) {
        int first = stage(sop).mlp();
        if (first >= block || !(sop instanceof SOp.Elementwise node) || Facts.isKept(sop)) {
            return first < block;
        }
        for (int earlier = first; earlier < block && earlier <= first + MAX_LATER; earlier++) {
            if (isFeasible(new Attempted(node, earlier))) {
                return true;
            }
        }
        return block > first + MAX_LATER;
    }

    /** Whether the hidden layer of a block can read the s-op as a one-hot, whatever units that takes in earlier blocks. */
    public boolean isThere(SOp sop, int block) {
        return (readings.isOneHotFree(sop) && stage(sop).mlp() <= block) || isReady(sop, block);
    }

    /** The table of a node at which a diagram for a function in {@code block} ends: sums of one-hots are looked through. */
    public Optional<JointTable> cut(SOp sop, int block) {
        Inference inference = facts.inference();
        if (!(sop instanceof SOp.Elementwise node)) {
            return inference.table(sop);
        }
        boolean whole = whole(sop, block).isPresent();
        if (whole && readings.isOneHotFree(sop)) {
            return inference.table(sop);
        }
        boolean early = inference.values(sop) instanceof ValueSet.Finite finite
                && finite.values().size() <= MAX_CUT_VALUES
                && isReady(sop, block);
        boolean number = (isAffine(node, block) || variables.isSqueezed(node))
                && (whole || !facts.isLookup(sop))
                && !facts.table(sop)
                        .filter(table -> table.variables().stream().allMatch(variables::isOneHot))
                        .isPresent();
        return early || number ? inference.identity(sop) : Optional.empty();
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
        for (SOp node : NeededNodes.byId(unknown)) {
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
        boolean inTime = whole(sop, block).isPresent();
        if (inTime && readings.isOneHotFree(sop)) {
            return whole;
        }
        boolean early = inference.values(sop) instanceof ValueSet.Finite finite
                && finite.values().size() <= MAX_EARLY_VALUES
                && isReady(sop, block);
        boolean affine = isAffine(node, block) && (inTime || !facts.isLookup(sop));
        return early || affine || variables.isSqueezed(node) ? inference.identity(sop) : Optional.empty();
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
    public Optional<JointTable> argument(SOp sop) {
        return sop instanceof SOp.Constant
                ? facts.inference().table(sop)
                : facts.inference().identity(sop);
    }
}
