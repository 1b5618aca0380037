package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A selector as a binary decision diagram over its selects in a given order. Nodes are numbers, equal formulas one node: 0 selects
 * nothing, 1 everything, any other asks one select and goes on to a node that asks only later ones.
 */
public final class SelectorDiagram {
    public static final int NOTHING = 0;
    public static final int EVERYTHING = 1;

    private record DecisionNode(int select, int where, int whereNot) {}

    private record DecisionStep(boolean isAnd, int left, int right) {}

    private final Map<Selector, Integer> order = new HashMap<>();
    private final List<DecisionNode> nodes = new ArrayList<>();
    private final Map<DecisionNode, Integer> numbers = new HashMap<>();
    private final Map<Selector, Integer> built = new HashMap<>();
    private final Map<DecisionStep, Integer> known = new HashMap<>();
    private final int limit;

    /**
     * An empty diagram.
     *
     * @param fixed what is known of selects that always hold, or never: they are not asked
     * @param limit of nodes; beyond it {@link #of} throws {@link TooLarge}
     */
    public SelectorDiagram(List<Selector.Select> order, Map<Selector, Boolean> fixed, int limit) {
        fixed.forEach((select, holds) -> built.put(select, holds ? EVERYTHING : NOTHING));
        for (Selector.Select select : order) {
            this.order.put(select, this.order.size());
        }
        this.limit = limit;
        DecisionNode leaf = new DecisionNode(Integer.MAX_VALUE, 0, 0);
        nodes.add(leaf);
        nodes.add(leaf);
    }

    /** The diagram would have too many nodes. */
    public static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The selects of a selector, each once, in the order in which they are written. */
    public static ImmutableList<Selector.Select> selects(Selector selector) {
        Set<Selector> seen = new LinkedHashSet<>();
        var open = new ArrayList<Selector>(List.of(selector));
        while (!open.isEmpty()) {
            Selector next = open.remove(open.size() - 1);
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof Selector.Not not) {
                open.add(not.operand());
            } else if (next instanceof Selector.And and) {
                open.addAll(List.of(and.right(), and.left()));
            } else if (next instanceof Selector.Or or) {
                open.addAll(List.of(or.right(), or.left()));
            }
        }
        return seen.stream()
                .filter(Selector.Select.class::isInstance)
                .map(Selector.Select.class::cast)
                .collect(ImmutableList.toImmutableList());
    }

    public int of(Selector selector) throws TooLarge {
        Integer done = built.get(selector);
        if (done == null) {
            done = build(selector);
            built.put(selector, done);
        }
        return done;
    }

    private int build(Selector selector) throws TooLarge {
        if (selector instanceof Selector.Not not) {
            return not(of(not.operand()), new HashMap<>());
        }
        if (selector instanceof Selector.And and) {
            return combine(new DecisionStep(true, of(and.left()), of(and.right())));
        }
        if (selector instanceof Selector.Or or) {
            return combine(new DecisionStep(false, of(or.left()), of(or.right())));
        }
        Integer select = order.get(selector);
        return node(new DecisionNode(select == null ? -1 : select, EVERYTHING, NOTHING));
    }

    /** Which select, by its place in the order, the node asks first. */
    public int asks(int node) {
        return nodes.get(node).select();
    }

    private int where(int node, boolean holds) {
        return holds ? nodes.get(node).where() : nodes.get(node).whereNot();
    }

    /**
     * Where one gets from a node.
     *
     * @param told the selects to go on at; at the first other one the walk ends
     * @param holds what is true of those
     */
    public int follow(int start, IntPredicate told, IntPredicate holds) {
        int node = start;
        while (node > EVERYTHING && told.test(asks(node))) {
            node = where(node, holds.test(asks(node)));
        }
        return node;
    }

    /** Whether the formula holds where its selects are what {@code holds} says. */
    public boolean selects(int root, IntPredicate holds) {
        return follow(root, select -> true, holds) == EVERYTHING;
    }

    private int not(int node, Map<Integer, Integer> done) throws TooLarge {
        if (node <= EVERYTHING) {
            return EVERYTHING - node;
        }
        Integer before = done.get(node);
        if (before == null) {
            DecisionNode asked = nodes.get(node);
            before = node(new DecisionNode(asked.select(), not(asked.where(), done), not(asked.whereNot(), done)));
            done.put(node, before);
        }
        return before;
    }

    private int combine(DecisionStep step) throws TooLarge {
        int neutral = step.isAnd ? EVERYTHING : NOTHING;
        if (step.left == neutral || step.left == step.right) {
            return step.right;
        }
        if (step.right == neutral) {
            return step.left;
        }
        if (step.left == EVERYTHING - neutral || step.right == EVERYTHING - neutral) {
            return EVERYTHING - neutral;
        }
        Integer before = known.get(step);
        if (before == null) {
            int select = Math.min(asks(step.left), asks(step.right));
            before = node(new DecisionNode(select, side(step, select, true), side(step, select, false)));
            known.put(step, before);
        }
        return before;
    }

    private int side(DecisionStep step, int select, boolean holds) throws TooLarge {
        int left = asks(step.left) == select ? where(step.left, holds) : step.left;
        int right = asks(step.right) == select ? where(step.right, holds) : step.right;
        return combine(new DecisionStep(step.isAnd, left, right));
    }

    private int node(DecisionNode node) throws TooLarge {
        if (node.where == node.whereNot) {
            return node.where;
        }
        Integer number = numbers.get(node);
        if (number == null) {
            if (nodes.size() >= limit) {
                throw new TooLarge();
            }
            number = nodes.size();
            nodes.add(node);
            numbers.put(node, number);
        }
        return number;
    }
}
