package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.rasplens.compiler.infer.ElementwiseTable;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reduced ordered decision diagrams (Bryant 1986) of functions of a few variables, each of several values. Equal functions are equal
 * numbers: what is at least 0 is a node, that tells which diagram each value of its variable leads to; what is below 0 is a leaf.
 *
 * <p>An {@code and}, {@code or} or {@code if} looks at no operand that makes no difference. Where that one fails the program does, and
 * any value is as good.
 */
final class Diagrams {
    /** Where the variables can't be as they are, or the program fails. */
    static final int UNDEFINED = Integer.MIN_VALUE;

    private final ImmutableList<Variable> variables;
    private final Map<Variable, Integer> levels = new HashMap<>();
    private final List<Value> values = new ArrayList<>();
    private final Map<Value, Integer> leaves = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> interned = new HashMap<>();
    private final Memo<Applied, Integer> applied = new Memo<>(this::applyByBranch);
    private final int limit;
    private int branches;

    /**
     * No diagram yet.
     *
     * @param variables in the order in which they are asked for
     * @param limit of the branches of all nodes together, and of steps on the way there
     */
    Diagrams(ImmutableList<Variable> variables, int limit) {
        this.variables = variables;
        this.limit = limit;
        for (int level = 0; level < variables.size(); level++) {
            levels.put(variables.get(level), level);
        }
    }

    /** There are too many nodes. */
    static final class TooManyBranches extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyBranches() {
            super(null, null, false, false);
        }
    }

    private record Node(int level, List<Integer> children) {}

    private record Applied(Operator operator, List<Integer> arguments) {}

    ImmutableList<Variable> variables() {
        return variables;
    }

    static boolean isLeaf(int diagram) {
        return diagram < 0;
    }

    /** The value that a leaf stands for; not to be asked of {@link #UNDEFINED}. */
    Value value(int leaf) {
        return values.get(-1 - leaf);
    }

    /** Which variable is asked for first; greater than all others for a leaf. */
    int level(int diagram) {
        return isLeaf(diagram) ? Integer.MAX_VALUE : nodes.get(diagram).level();
    }

    /** Where the value of a variable leads, which is asked for no later than the first of the diagram. */
    int child(int diagram, int level, int value) {
        return level(diagram) == level ? nodes.get(diagram).children().get(value) : diagram;
    }

    int leaf(Value value) {
        return leaves.computeIfAbsent(value, v -> {
            values.add(v);
            return -values.size();
        });
    }

    private int node(int level, int[] children) {
        if (Arrays.stream(children).allMatch(child -> child == children[0])) {
            return children[0];
        }
        return interned.computeIfAbsent(new Node(level, Ints.asList(children)), node -> {
            nodes.add(node);
            return nodes.size() - 1;
        });
    }

    private int[] children(int level) {
        Interrupted.check();
        int[] children = new int[variables.get(level).domain().size()];
        branches += children.length;
        if (branches > limit) {
            throw new TooManyBranches();
        }
        return children;
    }

    /** A function that is written out. */
    int of(JointTable table) {
        int[] leaf = table.values().stream().mapToInt(this::leaf).toArray();
        List<Integer> order = new ArrayList<>();
        for (int v = 0; v < table.variables().size(); v++) {
            order.add(v);
        }
        order.sort((a, b) -> Integer.compare(level(table, a), level(table, b)));
        return of(table, leaf, order, 0, new int[order.size()]);
    }

    private int level(JointTable table, int variable) {
        return levels.getOrDefault(table.variables().get(variable), -1);
    }

    private int of(JointTable table, int[] leaf, List<Integer> order, int next, int[] coordinates) {
        if (next == order.size()) {
            int cell = 0;
            for (int v = 0; v < coordinates.length; v++) {
                cell = cell * table.variables().get(v).domain().size() + coordinates[v];
            }
            int value = table.cells().get(cell);
            return value < 0 ? UNDEFINED : leaf[value];
        }
        int level = level(table, order.get(next));
        int[] children = children(level);
        for (int i = 0; i < children.length; i++) {
            coordinates[order.get(next)] = i;
            children[i] = of(table, leaf, order, next + 1, coordinates);
        }
        return node(level, children);
    }

    /** What an operator makes of functions. */
    int apply(Operator operator, List<Integer> arguments) {
        OptionalInt known = ifDecided(operator, arguments);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        if (arguments.stream().allMatch(Diagrams::isLeaf)) {
            List<Value> leaf = arguments.stream().map(this::value).toList();
            return ElementwiseTable.apply(operator, leaf).map(this::leaf).orElse(UNDEFINED);
        }
        return applied.get(new Applied(operator, arguments));
    }

    private int applyByBranch(Applied application) {
        List<Integer> arguments = application.arguments();
        int level = arguments.stream().mapToInt(this::level).min().orElseThrow();
        int[] children = children(level);
        for (int value = 0; value < children.length; value++) {
            int[] there = new int[arguments.size()];
            for (int a = 0; a < there.length; a++) {
                there[a] = child(arguments.get(a), level, value);
            }
            children[value] = apply(application.operator(), Ints.asList(there));
        }
        return node(level, children);
    }

    private OptionalInt ifDecided(Operator operator, List<Integer> arguments) {
        int first = arguments.isEmpty() ? 0 : arguments.get(0);
        if (operator instanceof Operator.Conditional && isLeaf(first) && first != UNDEFINED) {
            return OptionalInt.of(arguments.get(value(first).isTrue() ? 1 : 2));
        }
        if (operator instanceof Operator.Binary binary
                && (binary.kind() == BinaryKind.AND || binary.kind() == BinaryKind.OR)) {
            boolean deciding = binary.kind() == BinaryKind.OR;
            for (int argument : arguments) {
                if (isLeaf(argument) && argument != UNDEFINED && value(argument).isTrue() == deciding) {
                    return OptionalInt.of(leaf(Value.of(deciding)));
                }
            }
        }
        boolean fails = operator instanceof Operator.Conditional ? first == UNDEFINED : arguments.contains(UNDEFINED);
        return fails ? OptionalInt.of(UNDEFINED) : OptionalInt.empty();
    }

    /** The function with its leaves replaced, and a neighbour's value wherever it has none. */
    int map(int diagram, Map<Integer, Integer> leavesNow) {
        return map(diagram, leavesNow, new HashMap<>());
    }

    private int map(int diagram, Map<Integer, Integer> leavesNow, Map<Integer, Integer> known) {
        if (isLeaf(diagram)) {
            return leavesNow.getOrDefault(diagram, diagram);
        }
        Integer before = known.get(diagram);
        if (before != null) {
            return before;
        }
        int level = level(diagram);
        int[] children = children(level);
        for (int i = 0; i < children.length; i++) {
            children[i] = map(nodes.get(diagram).children().get(i), leavesNow, known);
        }
        int mapped = node(level, filled(children));
        known.put(diagram, mapped);
        return mapped;
    }

    /** Gaps filled from the left, and before the first value from the right. */
    private static int[] filled(int[] children) {
        int[] full = children.clone();
        for (int i = 1; i < full.length; i++) {
            full[i] = full[i] == UNDEFINED ? full[i - 1] : full[i];
        }
        for (int i = full.length - 2; i >= 0; i--) {
            full[i] = full[i] == UNDEFINED ? full[i + 1] : full[i];
        }
        return full;
    }

    /** The leaves of a diagram, but for {@link #UNDEFINED}, each once. */
    ImmutableList<Integer> leaves(int diagram) {
        var seen = new LinkedHashSet<Integer>();
        var found = new LinkedHashSet<Integer>();
        var open = new ArrayDeque<Integer>(List.of(diagram));
        while (!open.isEmpty()) {
            int at = open.pop();
            if (isLeaf(at)) {
                if (at != UNDEFINED) {
                    found.add(at);
                }
            } else if (seen.add(at)) {
                nodes.get(at).children().stream().distinct().forEach(open::push);
            }
        }
        return ImmutableList.copyOf(found);
    }
}
