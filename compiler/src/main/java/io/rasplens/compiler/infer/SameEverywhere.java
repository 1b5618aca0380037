package io.rasplens.compiler.infer;

import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Objects;
import java.util.function.Function;

/**
 * S-ops that have equal values at all positions of one input, and selectors that select the same keys for all queries: the length,
 * what is aggregated over a selector that doesn't look at the query, what is computed from such. A causal query sees fewer keys than
 * the next one, so there it takes a value that is the same for all keys.
 */
final class SameEverywhere {
    private final NodeMap<SOp, JointTable> tables;
    private final Function<Selector, SelectorFacts> facts;
    private final boolean causal;
    private final NodeMap<ProgramNode, Boolean> known = new NodeMap<>();

    SameEverywhere(NodeMap<SOp, JointTable> tables, Function<Selector, SelectorFacts> facts, boolean causal) {
        this.tables = tables;
        this.facts = facts;
        this.causal = causal;
    }

    /** Called for each node after everything below it. */
    void learn(ProgramNode node) {
        known.put(node, isSame(node));
    }

    boolean holds(ProgramNode node) {
        return Objects.requireNonNull(known.get(node), node::toString);
    }

    private boolean isSame(ProgramNode node) {
        if (node instanceof Selector selector) {
            return !causal && (selector instanceof Selector.Select select ? holds(select.query()) : allHold(selector));
        }
        SOp sop = (SOp) node;
        JointTable table = tables.get(sop);
        if (sop instanceof SOp.Elementwise kept && kept.operator() instanceof Operator.Kept) {
            // It may be set to another value at one position alone.
            return table != null && table.values().size() == 1;
        }
        if (table != null && table.variables().stream().allMatch(variable -> isSame(variable, sop))) {
            return true;
        }
        if (sop instanceof SOp.Aggregate aggregate) {
            return holds(aggregate.selector()) || (holds(aggregate.sequence()) && isCopy(aggregate));
        }
        return sop instanceof SOp.SelectorWidth width
                ? holds(width.selector())
                : sop instanceof SOp.Elementwise && allHold(sop);
    }

    private boolean isSame(Variable variable, SOp sop) {
        return variable instanceof Variable.Length
                || (variable instanceof Variable.Computed computed && computed.sop() != sop && holds(computed.sop()));
    }

    private boolean allHold(ProgramNode node) {
        return node.operands().stream().allMatch(this::holds);
    }

    /** Whether something is selected everywhere, and the mean of equal values is their value however many they are. */
    private boolean isCopy(SOp.Aggregate node) {
        SelectorFacts selected = facts.apply(node.selector());
        JointTable values = tables.get(node.sequence());
        return selected.least() >= 1
                && (selected.most() <= 1
                        || (values != null && MeanValues.keepsEqual(values.values(), selected.most())));
    }
}
