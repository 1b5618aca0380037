package io.rasplens.compiler.lower;

import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.gadget.Ramps;
import io.rasplens.compiler.program.SOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Choices between two numbers that agree where the two that are compared do: {@code a if l > r else b} with
 * {@code a - b = λ (l - r)} is {@code b + λ relu(l - r)}. The greater and the lesser of two numbers are such, for one hidden unit.
 */
final class Hinges {
    /** Two numbers are one if they differ by less than this, relative to their size: coefficients of sums, rounded. */
    private static final double ROUNDING = 16 * Math.ulp(1.0);

    /** What the rounding of the numbers that are compared may come to: some of what an answer may be wrong by. */
    private static final double MAX_ERROR = 1e-10;

    private final Lowerer lowerer;

    Hinges(Lowerer lowerer) {
        this.lowerer = lowerer;
    }

    /** {@code below + slope · relu(left - right)}. */
    record Hinge(SOp left, SOp right, SOp below, double slope) {
        List<SOp> reads() {
            return List.of(left, right, below);
        }
    }

    /** The choice as a hinge, if it is one. */
    Optional<Hinge> of(SOp sop) {
        return BySign.of(sop, lowerer).flatMap(choice -> {
            AffineSum sign = AffineSum.difference(choice.left(), choice.right(), part -> false);
            return slope(AffineSum.difference(choice.above(), choice.below(), part -> false), sign)
                    .filter(slope -> Math.abs(slope) * choice.rounding(lowerer) <= MAX_ERROR)
                    .map(slope -> new Hinge(choice.left(), choice.right(), choice.below(), slope));
        });
    }

    /** The factor by which one sum is the other. */
    private static Optional<Double> slope(AffineSum sum, AffineSum of) {
        Map<Optional<SOp>, Double> wanted = terms(sum);
        Map<Optional<SOp>, Double> base = terms(of);
        if (wanted.isEmpty() || !wanted.keySet().equals(base.keySet())) {
            return Optional.empty();
        }
        var first = base.entrySet().iterator().next();
        double slope = wanted.getOrDefault(first.getKey(), 0.0) / first.getValue();
        return base.entrySet().stream().allMatch(term -> {
                    double want = wanted.getOrDefault(term.getKey(), 0.0);
                    return Math.abs(slope * term.getValue() - want) <= ROUNDING * Math.abs(want);
                })
                ? Optional.of(slope)
                : Optional.empty();
    }

    /** Coefficients that are not 0; the constant's is nobody's. */
    private static Map<Optional<SOp>, Double> terms(AffineSum sum) {
        Map<Optional<SOp>, Double> terms = new HashMap<>();
        sum.leaves().forEach((leaf, factor) -> terms.put(Optional.of(leaf), factor));
        terms.put(Optional.empty(), sum.constant());
        terms.values().removeIf(factor -> factor == 0);
        return terms;
    }

    Signal number(SOp node, Hinge hinge) {
        Signal number = lowerer.functions()
                .number(hinge.left())
                .plus(lowerer.functions().number(hinge.right()).times(-1));
        Signal below = lowerer.functions().number(hinge.below());
        double[] left = lowerer.range(hinge.left());
        double[] right = lowerer.range(hinge.right());
        double low = left[0] - right[1];
        double high = left[1] - right[0];
        if (low >= 0 || high <= 0) {
            return low >= 0 ? below.plus(number.times(hinge.slope())) : below;
        }
        double[] xs = {low, 0, high};
        double[] ys = {0, 0, high};
        PartOrigin origin = lowerer.origin(node, "bend of " + lowerer.name(node));
        int stage = Math.max(number.stage(), below.stage());
        return below.plus(lowerer.hidden()
                .write(node, stage, out -> Ramps.of(number.form(), xs, ys, out.times(hinge.slope()), origin)));
    }
}
