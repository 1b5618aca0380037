package io.rasplens.compiler.lower.facts;

import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.infer.Grid;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * By how much the program itself rounds its numbers. A transformer computes {@code m + 100000 - 100000} as
 * {@code m}; the program adds, rounds and subtracts, and whatever it multiplies the difference with makes the rounding an answer.
 *
 * <p>Ints and their halves are not rounded, quotients of theirs once, and functions of the token or the position and those that are no arithmetic are read off a list, rounded as the program
 * does it.
 */
final class ProgramRounding {
    /** A result x is stored as x(1 + e), |e| at most this. */
    private static final double UNIT = Math.ulp(1.0) / 2;

    private static final ImmutableSet<Operator.BinaryKind> ARITHMETIC = ImmutableSet.of(
            Operator.BinaryKind.PLUS, Operator.BinaryKind.MINUS, Operator.BinaryKind.TIMES, Operator.BinaryKind.DIVIDE);

    private final CompileTarget target;
    private final Inference inference;
    private final NodeMap<SOp, Double> known = new NodeMap<>();
    private boolean done;

    ProgramRounding(CompileTarget target, Inference inference) {
        this.target = target;
        this.inference = inference;
    }

    /** A bound on what the s-op's number is off by from what its formula says. */
    double of(SOp sop) {
        if (!done) {
            done = true;
            for (ProgramNode node : target.program().nodes()) {
                if (node instanceof SOp below) {
                    known.put(below, bound(below));
                }
            }
        }
        return below(sop);
    }

    private double bound(SOp sop) {
        if (sop instanceof SOp.Elementwise kept && kept.operator() instanceof Operator.Kept) {
            return below(kept.arguments().get(0));
        }
        if (isListedAsItIs(sop)) {
            return 0;
        }
        double own = UNIT * Facts.size(inference, sop);
        if (sop instanceof SOp.Aggregate aggregate) {
            // Of n numbers, sums of 1, 2, … n are rounded, and divided by n.
            double sums = UNIT * (target.maxLength() / 2.0 + 1) * Facts.size(inference, aggregate.sequence());
            double below = below(aggregate.sequence());
            return below == 0 ? onGrid(sop, own).orElse(sums) : below + sums;
        }
        if (!(sop instanceof SOp.Elementwise node)) {
            return own;
        }
        double inherited = inherited(node);
        return inherited == 0 ? onGrid(sop, own).orElse(own) : own + inherited;
    }

    /** Fractions of what is not rounded: halves and quarters are floats, others are rounded to the next. */
    private Optional<Double> onGrid(SOp sop, double own) {
        return inference.grid(sop).filter(Grid::exact).map(grid -> grid.isBinary() ? 0 : own);
    }

    private boolean isListedAsItIs(SOp sop) {
        return inference.values(sop) instanceof ValueSet.Finite finite
                && (isEmbedded(sop)
                        || !isComputed(sop)
                        || finite.values().stream().allMatch(IntValue.class::isInstance));
    }

    /** Whether the embedding can hold the s-op's values. */
    private boolean isEmbedded(SOp sop) {
        return Facts.table(inference, sop)
                .filter(table -> table.variables().size() <= 1
                        && table.variables().stream().noneMatch(Variable.Computed.class::isInstance))
                .isPresent();
    }

    private static boolean isComputed(SOp sop) {
        return sop instanceof SOp.Aggregate || (sop instanceof SOp.Elementwise node && isArithmetic(node));
    }

    private static boolean isArithmetic(SOp.Elementwise node) {
        if (node.operator() instanceof Operator.Unary unary) {
            return unary.kind() == Operator.UnaryKind.NEGATE || unary.kind() == Operator.UnaryKind.PLUS;
        }
        return node.operator() instanceof Operator.Conditional
                || (node.operator() instanceof Operator.Binary binary && ARITHMETIC.contains(binary.kind()));
    }

    private double inherited(SOp.Elementwise node) {
        List<SOp> arguments = node.arguments();
        double first = below(arguments.get(0));
        if (isRound(node)) {
            // Whoever rounds it asks for room around the halves, and refuses where there is too little.
            return 0;
        }
        if (node.operator() instanceof Operator.Conditional) {
            // The one or the other; the hinges and bends that they are answer for the place at which they meet.
            return Math.max(below(arguments.get(1)), below(arguments.get(2)));
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return first;
        }
        double second = below(arguments.get(1));
        return switch (binary.kind()) {
            case TIMES ->
                first * Facts.size(inference, arguments.get(1)) + second * Facts.size(inference, arguments.get(0));
            case DIVIDE -> first / least(arguments.get(1));
            default -> first + second;
        };
    }

    private static boolean isRound(SOp.Elementwise node) {
        return node.operator() instanceof Operator.Unary unary && unary.kind() == Operator.UnaryKind.ROUND;
    }

    private double below(SOp sop) {
        Double found = known.get(sop);
        return found == null ? 0 : found;
    }

    /** The least divisor, other than 0, on which the program fails. */
    private double least(SOp sop) {
        return inference.values(sop) instanceof ValueSet.Finite finite
                ? finite.values().stream()
                        .mapToDouble(value -> Math.abs(Values.asNumber(value)))
                        .filter(size -> size > 0)
                        .min()
                        .orElse(1)
                : 1;
    }
}
