package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An elementwise s-op as a decision diagram over other s-ops below it, chosen by the caller. Unlike a table of the same region it does
 * not grow with the product of what it depends on, but with what the function tells apart.
 *
 * <p>Variables are asked for in the order in which the expression mentions them: in a chain of overriding cases, {@code x = a if c1
 * else x; x = b if c2 else x}, the last condition first, so that each case is one path. Numbers come after what is tested as one-hot.
 */
record RegionDiagram(Diagrams diagrams, int root) {
    /** S-ops between the function and what it is computed from. */
    private static final int MAX_NODES = 1 << 12;

    /**
     * The diagram of {@code top}, or nothing if the region is too large or reaches a node that is neither cut nor elementwise.
     *
     * @param cut the table of a node at which the region ends; asked for every node but {@code top}
     * @param isOneHot whether a variable is tested as one-hot
     * @param limit of the diagram's branches
     */
    static Optional<RegionDiagram> of(
            SOp.Elementwise top, Function<SOp, Optional<JointTable>> cut, Predicate<Variable> isOneHot, int limit) {
        Map<SOp, JointTable> ends = new LinkedHashMap<>();
        var region = new TreeMap<Integer, SOp.Elementwise>();
        region.put(top.id(), top);
        var open = new ArrayDeque<SOp>();
        push(open, top);
        while (!open.isEmpty()) {
            SOp at = open.pop();
            if (ends.containsKey(at) || region.containsKey(at.id())) {
                continue;
            }
            Optional<JointTable> end = cut.apply(at);
            if (end.isPresent()) {
                ends.put(at, end.get());
            } else if (at instanceof SOp.Elementwise node && region.size() < MAX_NODES) {
                region.put(node.id(), node);
                push(open, node);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(build(top, region.values(), ends, isOneHot, limit));
        } catch (Diagrams.TooManyBranches e) {
            return Optional.empty();
        }
    }

    /** So that the first argument is popped first. */
    private static void push(ArrayDeque<SOp> open, SOp.Elementwise node) {
        node.arguments().reverse().forEach(open::push);
    }

    private static RegionDiagram build(
            SOp.Elementwise top,
            Collection<SOp.Elementwise> region,
            Map<SOp, JointTable> ends,
            Predicate<Variable> isOneHot,
            int limit) {
        var oneHots = new LinkedHashSet<Variable>();
        var numbers = new LinkedHashSet<Variable>();
        for (JointTable end : ends.values()) {
            for (Variable variable : end.variables()) {
                (isOneHot.test(variable) ? oneHots : numbers).add(variable);
            }
        }
        var diagrams = new Diagrams(
                ImmutableList.<Variable>builder()
                        .addAll(oneHots)
                        .addAll(numbers)
                        .build(),
                limit);
        Map<SOp, Integer> known = new HashMap<>();
        ends.forEach((sop, table) -> known.put(sop, diagrams.of(table)));
        for (SOp.Elementwise node : region) {
            List<Integer> arguments = node.arguments().stream()
                    .map(argument -> Objects.requireNonNull(known.get(argument)))
                    .toList();
            known.put(node, diagrams.apply(node.operator(), arguments));
        }
        return new RegionDiagram(diagrams, Objects.requireNonNull(known.get(top)));
    }
}
