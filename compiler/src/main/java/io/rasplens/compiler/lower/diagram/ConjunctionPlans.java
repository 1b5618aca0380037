package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.lower.table.Purpose;
import io.rasplens.compiler.lower.table.Regions;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds functions that are sums of a few conjunctions of what can be read in a block. */
public final class ConjunctionPlans {
    /** Hidden units up to which a function is not cut into two blocks. */
    private static final int MAX_UNITS = 512;

    /** Hidden units of a function that can't be cut. */
    private static final int MOST_UNITS = 1 << 14;

    /** Branches of the diagram of a function that can be cut; some milliseconds. */
    private static final int MAX_BRANCHES = 1 << 15;

    private static final int MOST_BRANCHES = 1 << 18;

    /** The block of a function that waits for its arguments. */
    private static final int WHENEVER = -1;

    /** The least distance of numbers, relative to the greatest, that steps tell apart without a loss that matters. */
    private static final double LEAST_FINENESS = 5e-7;

    /** What the program may round a number by that steps are to tell from others, relative to the greatest. */
    private static final double MAX_ROUNDING = Precision.PROMISED / 10;

    /** How near numbers are, relative to their size, that a number need not tell apart. */
    private static final double ROUNDING = Precision.PROMISED / 100;

    private final Facts facts;
    private final VariableReadings variables;
    private final Regions regions;
    private final Memo<Request, Optional<ConjunctionPlan>> known = new Memo<>(this::find);

    public ConjunctionPlans(Facts facts, VariableReadings variables, Regions regions) {
        this.facts = facts;
        this.variables = variables;
        this.regions = regions;
    }

    private record Request(SOp.Elementwise node, int block, Purpose purpose) {}

    /** Whether one hidden layer, that of the block, can compute the s-op from what can be read by then. */
    public boolean isPossible(SOp.Elementwise node, int block) {
        return known.get(new Request(node, block, facts.isNumber(node) ? Purpose.NUMBER : Purpose.VALUES))
                .isPresent();
    }

    /**
     * The plan in the first block that there is any way in, or else over the arguments, whatever blocks those take; nothing where a
     * table is.
     */
    Optional<ConjunctionPlan> of(SOp sop, Purpose purpose) {
        if (!(sop instanceof SOp.Elementwise node) || Facts.isKept(sop) || regions.isWhole(sop)) {
            return Optional.empty();
        }
        return known.get(new Request(node, regions.ready(node).orElse(WHENEVER), purpose));
    }

    private Optional<ConjunctionPlan> find(Request request) {
        boolean whenever = request.block() == WHENEVER;
        Optional<RegionDiagram> region = RegionDiagram.of(
                request.node(),
                below -> whenever ? regions.argument(below) : regions.cut(below, request.block()),
                variables::isOneHot,
                whenever ? MOST_BRANCHES : MAX_BRANCHES);
        return region.flatMap(found -> plan(found, request.purpose(), whenever ? MOST_UNITS : MAX_UNITS));
    }

    private Optional<ConjunctionPlan> plan(RegionDiagram region, Purpose purpose, int limit) {
        ImmutableList.Builder<Optional<Points>> numbers = ImmutableList.builder();
        for (Variable variable : region.diagrams().variables()) {
            if (variables.isOneHot(variable)) {
                numbers.add(Optional.empty());
                continue;
            }
            double[] held = variables.held(variable);
            // An int beyond all floats has no place among them.
            if (!Arrays.stream(held).allMatch(Double::isFinite)) {
                return Optional.empty();
            }
            Points points = Points.of(held);
            if (points.fineness() < LEAST_FINENESS || isRounded(variable)) {
                return Optional.empty();
            }
            numbers.add(Optional.of(points));
        }
        Diagrams diagrams = region.diagrams();
        try {
            int root = diagrams.map(region.root(), alike(diagrams, region.root(), purpose));
            return ConjunctionPlan.of(diagrams, root, numbers.build(), limit);
        } catch (Diagrams.TooManyBranches e) {
            return Optional.empty();
        }
    }

    private boolean isRounded(Variable variable) {
        return variable instanceof Variable.Computed computed
                && facts.rounding(computed.sop()) > MAX_ROUNDING * Math.max(1, facts.size(computed.sop()));
    }

    /** For each leaf the first of those that it need not be told from. */
    private static Map<Integer, Integer> alike(Diagrams diagrams, int root, Purpose purpose) {
        List<Integer> leaves = new ArrayList<>(diagrams.leaves(root));
        leaves.sort(Comparator.comparing(diagrams::value, Values.ORDER));
        Map<Integer, Integer> first = new HashMap<>();
        int last = Diagrams.UNDEFINED;
        for (int leaf : leaves) {
            last = last != Diagrams.UNDEFINED && isAlike(diagrams.value(last), diagrams.value(leaf), purpose)
                    ? last
                    : leaf;
            first.put(leaf, last);
        }
        return first;
    }

    private static boolean isAlike(Value first, Value value, Purpose purpose) {
        if (purpose == Purpose.VALUES) {
            return !(first instanceof BoolValue) && !(value instanceof BoolValue) && value.raspEquals(first);
        }
        double a = Values.asNumber(first);
        double b = Values.asNumber(value);
        return Math.abs(a - b) <= ROUNDING * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
}
