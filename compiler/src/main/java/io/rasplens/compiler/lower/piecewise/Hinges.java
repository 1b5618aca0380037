package io.rasplens.compiler.lower.piecewise;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.Ramps;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Choices between two numbers that agree where the two that are compared do: {@code a if l > r else b} with
 * {@code a - b = λ (l - r)} is {@code b + λ relu(l - r)}. The greater and the lesser of two numbers are such, for one hidden unit.
 */
public final class Hinges implements Rule<SOp, Signal> {
    /** Two numbers are one if they differ by less than this, relative to their size: coefficients of sums, rounded. */
    private static final double ROUNDING = 16 * Math.ulp(1.0);

    /** What the rounding of the numbers that are compared may come to: some of what an answer may be wrong by. */
    private static final double MAX_ERROR = Precision.PROMISED / 10;

    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;

    public Hinges(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return of(sop).map(hinge -> Offer.of(Technique.HINGE, Cost.ofUnits(1), hinge.needs(), () -> write(sop, hinge)));
    }

    /** {@code below + slope · relu(left - right)}. */
    record Hinge(SOp left, SOp right, SOp below, double slope) {
        ImmutableList<Need> needs() {
            return ImmutableList.of(Need.number(left), Need.number(right), Need.number(below));
        }
    }

    /** The choice as a hinge, if it is one. */
    Optional<Hinge> of(SOp sop) {
        return BySign.of(sop, facts).flatMap(choice -> {
            AffineSum sign = AffineSum.difference(choice.left(), choice.right(), part -> false);
            return slope(AffineSum.difference(choice.above(), choice.below(), part -> false), sign)
                    .filter(slope -> Math.abs(slope) * choice.rounding(facts) <= MAX_ERROR)
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

    private Signal write(SOp node, Hinge hinge) {
        Signal number = readings.number(hinge.left())
                .plus(readings.number(hinge.right()).times(-1));
        Signal below = readings.number(hinge.below());
        NumberRange difference = facts.range(hinge.left()).minus(facts.range(hinge.right()));
        double low = difference.low();
        double high = difference.high();
        if (low >= 0 || high <= 0) {
            return low >= 0 ? below.plus(number.times(hinge.slope())) : below;
        }
        double[] xs = {low, 0, high};
        double[] ys = {0, 0, high};
        PartOrigin origin = facts.origin(node, Technique.HINGE, "bend of " + facts.name(node));
        Stage stage = number.stage().and(below.stage());
        return below.plus(
                writer.number(node, stage, out -> Ramps.of(number.form(), xs, ys, out.times(hinge.slope()), origin)));
    }
}
