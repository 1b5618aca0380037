package io.rasplens.compiler.lower.piecewise;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.PartOrigin;
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
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import java.util.Map;
import java.util.Optional;

/**
 * Continuous piecewise-linear functions of one number, however many choices they are written with: absolute values, clipping, a
 * {@code max} with a constant. Linear parts cost nothing, each bend one hidden unit.
 *
 * <p>A choice between two numbers by the sign of a third is one if the two agree wherever the third is 0.
 */
public final class Bends implements Rule<SOp, Signal> {
    private static final int MAX_PIECES = 256;

    /** What rounding may come to: some of what an answer may be wrong by. */
    private static final double MAX_ERROR = Precision.PROMISED / 10;

    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;
    private final Memo<SOp, Optional<Bent>> known = new Memo<>(this::make);

    public Bends(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return of(sop).filter(bent -> bent.of() != sop)
                .map(bent -> Offer.of(
                        Technique.BENDS,
                        Cost.ofUnits(bent.function().pieces() - 1),
                        ImmutableList.of(Need.number(bent.of())),
                        () -> write(sop, bent)));
    }

    /** A function of the number that {@code of} is. */
    record Bent(SOp of, PiecewiseLinear function) {}

    /** The s-op as a function of one number below it; itself where it is nothing else. */
    Optional<Bent> of(SOp sop) {
        return known.get(sop);
    }

    private Optional<Bent> make(SOp sop) {
        if (!facts.isNumber(sop)) {
            return Optional.empty();
        }
        if (sop instanceof SOp.Elementwise node) {
            Optional<Bent> bent = node.operator() instanceof Operator.Conditional ? choice(node) : sum(node);
            if (bent.isPresent() && bent.get().function().error() <= MAX_ERROR) {
                return bent;
            }
        }
        NumberRange range = facts.range(sop);
        return range.low() < range.high()
                ? Optional.of(new Bent(sop, PiecewiseLinear.identity(range.low(), range.high())))
                : Optional.empty();
    }

    private Optional<Bent> sum(SOp.Elementwise node) {
        AffineSum sum = AffineSum.of(node, part -> !isSum(part));
        return sum.leaves().containsKey(node) ? Optional.empty() : sum(sum);
    }

    private boolean isSum(SOp sop) {
        return sop instanceof SOp.Elementwise node && !(node.operator() instanceof Operator.Conditional);
    }

    /** All leaves but constants have to be functions of one number. */
    private Optional<Bent> sum(AffineSum sum) {
        Bent whole = null;
        for (Map.Entry<SOp, Double> leaf : sum.leaves().entrySet()) {
            Optional<Bent> part = of(leaf.getKey());
            if (part.isEmpty() || (whole != null && whole.of() != part.get().of())) {
                return Optional.empty();
            }
            PiecewiseLinear function = part.get().function().times(leaf.getValue());
            whole = new Bent(
                    part.get().of(), whole == null ? function : whole.function().plus(function));
        }
        return whole == null
                ? Optional.empty()
                : Optional.of(new Bent(whole.of(), whole.function().plus(sum.constant())));
    }

    private Optional<Bent> choice(SOp.Elementwise node) {
        Optional<BySign> choice = BySign.of(node, facts);
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        Optional<Bent> sign =
                sum(AffineSum.difference(choice.get().left(), choice.get().right(), part -> !isSum(part)));
        if (sign.isEmpty()) {
            return Optional.empty();
        }
        PiecewiseLinear compared = sign.get().function().rounded(choice.get().rounding(facts));
        Optional<PiecewiseLinear> above = like(choice.get().above(), sign.get());
        Optional<PiecewiseLinear> below = like(choice.get().below(), sign.get());
        return above.isEmpty() || below.isEmpty()
                ? Optional.empty()
                : compared.choose(above.get(), below.get(), choice.get().aboveAtZero())
                        .filter(function -> function.pieces() <= MAX_PIECES)
                        .map(function -> new Bent(sign.get().of(), function));
    }

    /** The s-op as a function of the same number; a constant is one of any. */
    private Optional<PiecewiseLinear> like(SOp sop, Bent other) {
        NumberRange range = facts.range(sop);
        if (range.isPoint()) {
            return Optional.of(other.function().times(0).plus(range.low()));
        }
        return of(sop).filter(bent -> bent.of() == other.of()).map(Bent::function);
    }

    /**
     * The function, in units of one block: its first piece as it is, and the bends behind it. It is written from the end where it is
     * flatter: {@code min(x, c)} as {@code c - relu(c - x)} has an error of x once, {@code x - relu(x - c)} twice.
     */
    private Signal write(SOp node, Bent bent) {
        Signal number = readings.number(bent.of());
        PiecewiseLinear function = bent.function();
        return Math.abs(function.slope(function.pieces() - 1)) < Math.abs(function.slope(0))
                ? write(node, number.times(-1), function.mirrored())
                : write(node, number, function);
    }

    private Signal write(SOp node, Signal number, PiecewiseLinear function) {
        double slope = function.slope(0);
        Signal line = number.times(slope)
                .plus(Signal.constant(
                        function.ys().get(0) - slope * function.xs().get(0)));
        if (function.pieces() == 1) {
            return line;
        }
        double[] xs = function.xs().toArray();
        double[] ys = new double[xs.length];
        for (int k = 2; k < xs.length; k++) {
            ys[k] = function.ys().get(k) - function.ys().get(0) - slope * (xs[k] - xs[0]);
        }
        PartOrigin origin = facts.origin(node, Technique.BENDS, "bends of " + facts.name(node));
        return line.plus(writer.number(node, number.stage(), out -> Ramps.of(number.form(), xs, ys, out, origin)));
    }
}
