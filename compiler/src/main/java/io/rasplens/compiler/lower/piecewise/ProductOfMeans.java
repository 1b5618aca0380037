package io.rasplens.compiler.lower.piecewise;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Ramps;
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
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The product of two numbers that are affine in means over the same keys, {@code a b = ((a + b)² - (a - b)²) / 4}: sum and difference are
 * means too, of few values, and a square is linear between two neighbours of them, a hidden unit for each.
 */
public final class ProductOfMeans implements Rule<SOp, Signal> {
    private static final Operator TIMES = new Operator.Binary(Operator.BinaryKind.TIMES);

    /** Units times squares: as many sums are rounded, each by some part of a square's last place; a quarter of what is promised. */
    private static final double MOST_ROUNDED = Precision.PROMISED / 2 / Math.ulp(1.0);

    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;

    public ProductOfMeans(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node)
                || !node.operator().equals(TIMES)
                || !node.arguments().stream().allMatch(facts::isNumber)) {
            return Optional.empty();
        }
        SOp left = node.arguments().get(0);
        SOp right = node.arguments().get(1);
        Optional<ImmutableDoubleArray> sums = values(left, right, 1);
        Optional<ImmutableDoubleArray> differences = sums.flatMap(found -> values(left, right, -1));
        int units = sums.map(ImmutableDoubleArray::length).orElse(0)
                + differences.map(ImmutableDoubleArray::length).orElse(0)
                - 2;
        return differences
                .filter(found -> units * greatest(sums.orElseThrow(), found) <= MOST_ROUNDED)
                .map(found -> Offer.of(
                        Technique.SQUARE,
                        Cost.ofUnits(units),
                        ImmutableList.of(Need.number(left), Need.number(right)),
                        () -> write(node, sums.orElseThrow(), found)));
    }

    private static double greatest(ImmutableDoubleArray sums, ImmutableDoubleArray differences) {
        return DoubleStream.concat(sums.stream(), differences.stream())
                .map(x -> x * x)
                .max()
                .orElse(0);
    }

    /** The numbers that {@code left + sign · right} can be. */
    private Optional<ImmutableDoubleArray> values(SOp left, SOp right, double sign) {
        AffineSum one = AffineSum.of(left, part -> false);
        AffineSum other = AffineSum.of(right, part -> false);
        Map<SOp, Double> factors = new HashMap<>(one.leaves());
        other.leaves().forEach((leaf, factor) -> factors.merge(leaf, sign * factor, Double::sum));
        double constant = one.constant() + sign * other.constant();
        if (one.leaves().isEmpty() || other.leaves().isEmpty()) {
            return Optional.empty();
        }
        factors.values().removeIf(factor -> factor == 0);
        return factors.isEmpty()
                ? Optional.of(ImmutableDoubleArray.of(constant))
                : facts.inference()
                        .sumsOfMeans(factors)
                        .map(sums -> ImmutableDoubleArray.copyOf(sums.stream().map(sum -> sum + constant)));
    }

    private Signal write(SOp.Elementwise node, ImmutableDoubleArray sums, ImmutableDoubleArray differences) {
        Signal left = readings.number(node.arguments().get(0));
        Signal right = readings.number(node.arguments().get(1));
        Signal sum = left.plus(right);
        Signal difference = left.plus(right.times(-1));
        PartOrigin origin =
                facts.origin(node, Technique.SQUARE, "squares of sum and difference for " + facts.name(node));
        double atFirst = (sums.get(0) * sums.get(0) - differences.get(0) * differences.get(0)) / 4;
        return writer.number(node, writer.feature(node), sum.stage(), out -> {
                    ImmutableList.Builder<UnitGroup> groups = ImmutableList.builder();
                    squares(sum, sums, out.times(0.25), origin).ifPresent(groups::add);
                    squares(difference, differences, out.times(-0.25), origin).ifPresent(groups::add);
                    return groups.build();
                })
                .plus(Signal.constant(atFirst));
    }

    private static Optional<UnitGroup> squares(
            Signal number, ImmutableDoubleArray values, LinearForm output, PartOrigin origin) {
        double[] xs = values.toArray();
        double[] ys = values.stream().map(x -> x * x).toArray();
        return xs.length < 2 ? Optional.empty() : Optional.of(Ramps.of(number.form(), xs, ys, output, origin));
    }
}
