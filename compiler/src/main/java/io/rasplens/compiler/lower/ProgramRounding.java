package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import java.util.List;

/**
 * By how much the program itself rounds the numbers that are too many to list. A transformer computes {@code m + 100000 - 100000} as
 * {@code m}; the program adds, rounds and subtracts, and whatever it multiplies the difference with makes the rounding an answer.
 *
 * <p>Numbers that can be listed are told apart by steps or snapped to, and what is listed is rounded as the program does it.
 */
final class ProgramRounding {
    /** A result x is stored as x(1 + e), |e| at most this. */
    private static final double UNIT = Math.ulp(1.0) / 2;

    private final Lowerer lowerer;
    private final NodeMap<SOp, Double> known = new NodeMap<>();
    private boolean done;

    ProgramRounding(Lowerer lowerer) {
        this.lowerer = lowerer;
    }

    /** A bound on what the s-op's number is off by from what its formula says. */
    double of(SOp sop) {
        if (!done) {
            done = true;
            for (ProgramNode node :
                    NeededNodes.of(ImmutableList.of(lowerer.program().output()))) {
                if (node instanceof SOp below) {
                    known.put(below, bound(below));
                }
            }
        }
        return below(sop);
    }

    private double bound(SOp sop) {
        if (!(lowerer.inference().values(sop) instanceof ValueSet.Interval)) {
            return 0;
        }
        double own = UNIT * size(sop);
        if (sop instanceof SOp.Aggregate aggregate) {
            // Of n numbers, sums of 1, 2, … n are rounded, and divided by n.
            return below(aggregate.sequence())
                    + UNIT * (lowerer.target().maxLength() / 2.0 + 1) * size(aggregate.sequence());
        }
        return sop instanceof SOp.Elementwise node ? own + inherited(node) : own;
    }

    private double inherited(SOp.Elementwise node) {
        List<SOp> arguments = node.arguments();
        double first = below(arguments.get(0));
        if (node.operator() instanceof Operator.Conditional) {
            // The one or the other; the hinges and bends that they are answer for the place at which they meet.
            return Math.max(below(arguments.get(1)), below(arguments.get(2)));
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return first;
        }
        double second = below(arguments.get(1));
        return switch (binary.kind()) {
            case TIMES -> first * size(arguments.get(1)) + second * size(arguments.get(0));
            case DIVIDE -> first / least(arguments.get(1));
            default -> first + second;
        };
    }

    private double below(SOp sop) {
        Double found = known.get(sop);
        return found == null ? 0 : found;
    }

    private double size(SOp sop) {
        if (!lowerer.inference().values(sop).isNumeric()) {
            return 0;
        }
        double[] range = lowerer.range(sop);
        double size = Math.max(Math.abs(range[0]), Math.abs(range[1]));
        return Double.isFinite(size) ? size : 0;
    }

    /** The least divisor, other than 0, on which the program fails. */
    private double least(SOp sop) {
        return lowerer.inference().values(sop) instanceof ValueSet.Finite finite
                ? finite.values().stream()
                        .mapToDouble(value -> Math.abs(Lowerer.asNumber(value)))
                        .filter(size -> size > 0)
                        .min()
                        .orElse(1)
                : 1;
    }
}
