package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.List;
import java.util.Objects;

/**
 * S-ops that have one value at all positions of an input, as their definition shows: the length, a mean over all keys, what is computed
 * from such. Where a query sees only the keys up to itself, constants alone are.
 */
final class EqualEverywhere {
    private final NodeMap<ProgramNode, Boolean> known = new NodeMap<>();
    private final boolean causal;

    /** @param nodes of a program, each behind its operands */
    EqualEverywhere(List<ProgramNode> nodes, boolean causal) {
        this.causal = causal;
        nodes.forEach(node -> known.put(node, isEqual(node)));
    }

    boolean holds(ProgramNode node) {
        return Objects.requireNonNull(known.get(node));
    }

    /** What is kept may be set at one position alone. */
    private boolean isEqual(ProgramNode node) {
        if (node instanceof Selector selector) {
            return !causal && (selector instanceof Selector.Select select ? holds(select.query()) : allHold(node));
        }
        if (node instanceof SOp.Elementwise elementwise) {
            return !(elementwise.operator() instanceof Operator.Kept) && allHold(node);
        }
        return node instanceof SOp.Constant
                || (node instanceof SOp.Aggregate aggregate && holds(aggregate.selector()))
                || (node instanceof SOp.SelectorWidth width && holds(width.selector()));
    }

    private boolean allHold(ProgramNode node) {
        return node.operands().stream().allMatch(this::holds);
    }
}
