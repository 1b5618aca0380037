package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An elementwise s-op as a function of other s-ops below it, chosen by the caller: the region between them is enumerated.
 *
 * <pre>{@code
 * Optional<JointTable> table = RegionTable.of(sop, node -> isCut(node) ? inference.identity(node) : Optional.empty());
 * }</pre>
 */
public final class RegionTable {
    /** Combinations enumerated for one function. */
    public static final int MAX_COMBINATIONS = ElementwiseTable.MAX_COMBINATIONS;

    /** Cells enumerated for all different functions in a region together; a second or so. */
    private static final long MAX_CELLS = 1 << 22;

    private RegionTable() {}

    /**
     * The table of {@code top}, or nothing if the region is too large or reaches a node that is neither cut nor elementwise.
     *
     * @param cut the table of a node at which the region ends; asked for every node but {@code top}
     */
    public static Optional<JointTable> of(SOp.Elementwise top, Function<SOp, Optional<JointTable>> cut) {
        Map<SOp, JointTable> tables = new HashMap<>();
        var region = new TreeMap<Integer, SOp.Elementwise>();
        region.put(top.id(), top);
        var open = new ArrayDeque<SOp>(top.arguments());
        while (!open.isEmpty()) {
            SOp at = open.pop();
            if (tables.containsKey(at) || region.containsKey(at.id())) {
                continue;
            }
            Optional<JointTable> end = cut.apply(at);
            if (end.isPresent()) {
                tables.put(at, end.get());
            } else if (at instanceof SOp.Elementwise node) {
                region.put(node.id(), node);
                node.arguments().forEach(open::push);
            } else {
                return Optional.empty();
            }
        }
        return enumerate(top, region.values(), tables);
    }

    private static Optional<JointTable> enumerate(
            SOp top, Iterable<SOp.Elementwise> region, Map<SOp, JointTable> tables) {
        var pool = new TablePool();
        for (SOp.Elementwise node : region) {
            List<JointTable> arguments = new ArrayList<>();
            for (SOp argument : node.arguments()) {
                arguments.add(java.util.Objects.requireNonNull(tables.get(argument)));
            }
            ImmutableList<Variable> variables = ElementwiseTable.variables(arguments);
            int combinations = JointTable.combinations(variables);
            if (combinations > ElementwiseTable.mostCombinations(variables)
                    || pool.cells() + combinations > MAX_CELLS) {
                return Optional.empty();
            }
            tables.put(node, pool.apply(node.operator(), arguments));
        }
        return Optional.ofNullable(tables.get(top));
    }
}
