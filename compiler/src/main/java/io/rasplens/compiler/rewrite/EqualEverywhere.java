package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Objects;

/**
 * S-ops that have one value at all positions of an input, as their definition shows: the length, a mean over all keys, what is computed
 * from such. Where a query sees only the keys up to itself, constants alone are.
 */
final class EqualEverywhere {
    private static final Operator TIMES = new Operator.Binary(Operator.BinaryKind.TIMES);

    private final NodeMap<ProgramNode, Boolean> known = new NodeMap<>();
    private final NodeMap<ProgramNode, Boolean> ints = new NodeMap<>();
    private final boolean causal;
    private final boolean withZeros;

    /**
     * What is equal everywhere of a program.
     *
     * @param nodes each behind its operands
     * @param withZeros whether 0 times an int is looked at, which is 0 whatever the int
     */
    EqualEverywhere(List<ProgramNode> nodes, boolean causal, boolean withZeros) {
        this.causal = causal;
        this.withZeros = withZeros;
        for (ProgramNode node : nodes) {
            ints.put(node, isInt(node));
            known.put(node, isEqual(node));
        }
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
            return (!(elementwise.operator() instanceof Operator.Kept) && allHold(node))
                    || (withZeros && isZero(elementwise));
        }
        return node instanceof SOp.Constant
                || (node instanceof SOp.Aggregate aggregate && holds(aggregate.selector()))
                || (node instanceof SOp.SelectorWidth width && holds(width.selector()));
    }

    private boolean allHold(ProgramNode node) {
        return node.operands().stream().allMatch(this::holds);
    }

    /** 0 times an int: of a float it could be 0.0 at one position and 0 at another, and of an infinity neither. */
    private boolean isZero(SOp.Elementwise node) {
        return node.operator().equals(TIMES)
                && node.arguments().stream()
                        .anyMatch(a -> a instanceof SOp.Constant c && c.value().equals(Value.of(0)))
                && Objects.requireNonNull(ints.get(node));
    }

    /** Whether a node is an int at all positions, as its definition shows; of few operators, what there is 0 times of. */
    private boolean isInt(ProgramNode node) {
        if (node instanceof SOp.Constant constant) {
            return constant.value() instanceof IntValue;
        }
        if (node instanceof SOp.Elementwise elementwise) {
            return elementwise.operator().equals(TIMES)
                    && elementwise.arguments().stream().allMatch(a -> Objects.requireNonNull(ints.get(a)));
        }
        return node instanceof SOp.Indices
                || node instanceof SOp.SelectorWidth
                || (node instanceof SOp.Tokens tokens && tokens.conversion() == TokenConversion.INT);
    }
}
