package io.rasplens.compiler.lower.piecewise;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.infer.Grid;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.Stepped;
import io.rasplens.compiler.lower.reading.Stepped.Ends;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Comparisons and {@code round} of numbers that are too many to list but lie on a {@link Grid}: between two numbers of the grid there
 * is room for a step, however many they are. A comparison is a step of the difference, equality two, {@code round} one for each
 * whole number.
 *
 * <p>A step of two units ends a quarter of the gap before the next number: what noise the number carries does not pass. Where the
 * two sides can be equal, both have to be floats next to their fractions; else the program's own rounding would decide.
 */
public final class GridSteps {
    private static final Operator ROUND = new Operator.Unary(Operator.UnaryKind.ROUND);

    private static final int MOST_STEPS = 1 << 13;

    /** What the program may round what it compares by, as a part of the gap. */
    private static final double MOST_ROUNDING = 1.0 / 16;

    private final Facts facts;
    private final RoundedTotals totals;

    public GridSteps(Facts facts) {
        this.facts = facts;
        this.totals = new RoundedTotals(facts);
    }

    /** The s-op as steps of numbers below it, if there is room for them. */
    Optional<Stepped> of(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node) || !node.arguments().stream().allMatch(facts::isNumber)) {
            return Optional.empty();
        }
        if (node.operator() instanceof Operator.Binary binary) {
            return compared(
                    binary.kind(), node.arguments().get(0), node.arguments().get(1));
        }
        return node.operator().equals(ROUND) ? rounded(node.arguments().get(0)) : Optional.empty();
    }

    private Optional<Stepped> compared(Operator.BinaryKind kind, SOp left, SOp right) {
        return switch (kind) {
            case LESS -> above(right, left, false);
            case GREATER -> above(left, right, false);
            case LESS_EQUAL -> above(right, left, true);
            case GREATER_EQUAL -> above(left, right, true);
            case EQUAL -> equal(left, right);
            default -> Optional.empty();
        };
    }

    /** Whether {@code left > right}, or {@code >=}. */
    private Optional<Stepped> above(SOp left, SOp right, boolean orEqual) {
        return difference(left, right, sign -> orEqual ? sign >= 0 : sign <= 0)
                .map(difference -> new Stepped(
                        ImmutableList.of(left, right),
                        ImmutableDoubleArray.of(0, 1),
                        ImmutableList.of(orEqual ? difference.toZero() : difference.fromZero())));
    }

    private Optional<Stepped> equal(SOp left, SOp right) {
        return difference(left, right, sign -> sign == 0)
                .map(difference -> difference.canBeEqual()
                        ? new Stepped(
                                ImmutableList.of(left, right),
                                ImmutableDoubleArray.of(0, 1, 0),
                                ImmutableList.of(difference.toZero(), difference.fromZero()))
                        : new Stepped(ImmutableList.of(left, right), ImmutableDoubleArray.of(0), ImmutableList.of()));
    }

    /**
     * Nothing where rounding may tell equal numbers apart, and that matters.
     *
     * @param harmless whether the comparison holds alike for equal numbers, where rounding leaves a difference of this sign
     */
    private Optional<GridDistance> difference(SOp left, SOp right, IntPredicate harmless) {
        Optional<GridDistance> difference = constant(right)
                .flatMap(constant -> difference(left, constant))
                .or(() -> constant(left).flatMap(constant -> difference(right, constant)))
                .or(() -> facts.inference().gapOfMeans(left, right).map(gap -> new GridDistance(gap, true)))
                .or(() -> totals.difference(left, right, harmless))
                .or(() -> totals.difference(right, left, sign -> harmless.test(-sign)))
                .or(() -> facts.grid(left).flatMap(a -> facts.grid(right).flatMap(b -> difference(a, b))))
                .or(() -> facts.inference().isThorough() ? ListedDistance.of(left, right, facts) : Optional.empty());
        return difference.filter(d -> !isRoundedMore(left, d) && !isRoundedMore(right, d));
    }

    private boolean isRoundedMore(SOp number, GridDistance difference) {
        return facts.rounding(number) > difference.least() * MOST_ROUNDING;
    }

    private static Optional<GridDistance> difference(Grid a, Grid b) {
        return a.exact() && b.exact() ? Optional.of(new GridDistance(Grid.gap(a, b), true)) : Optional.empty();
    }

    private Optional<Double> constant(SOp sop) {
        NumberRange range = facts.range(sop);
        return range.isPoint() ? Optional.of(range.low()) : Optional.empty();
    }

    /** A number against a constant; one out of reach needs no grid. */
    private Optional<GridDistance> difference(SOp number, double constant) {
        NumberRange range = facts.range(number);
        double outside = Math.max(range.low() - constant, constant - range.high());
        if (outside > Precision.at(constant) && Double.isFinite(outside)) {
            return Optional.of(new GridDistance(outside, false));
        }
        return facts.grid(number).flatMap(grid -> {
            double apart = grid.distance(constant);
            return apart > 0
                    ? Optional.of(new GridDistance(apart, false))
                    : Grid.of(Value.of(constant)).flatMap(own -> difference(grid, own));
        });
    }

    /**
     * Where a number stands among others: below the first, on it, between it and the next, and so on, each told by a number that stands
     * there.
     *
     * @param others ascending
     */
    public Optional<Stepped> among(SOp number, ImmutableDoubleArray others) {
        if (others.length() > MOST_STEPS) {
            return Optional.empty();
        }
        NumberRange range = facts.range(number);
        var levels = ImmutableDoubleArray.builder();
        var ends = ImmutableList.<Ends>builder();
        double from = range.low();
        double reached = Double.NaN;
        for (int k = 0; k <= others.length(); k++) {
            boolean isLast = k == others.length();
            double other = isLast ? range.high() : others.get(k);
            Optional<GridDistance> difference =
                    isLast ? Optional.of(new GridDistance(0, true)) : distance(number, other);
            if (difference.isEmpty() || (!isLast && isRoundedMore(number, difference.get()))) {
                return Optional.empty();
            }
            double to = other - difference.get().least();
            // Between two neighbours on the grid there is none.
            if (from <= to + difference.get().least() * MOST_ROUNDING) {
                levels.add(k == 0 ? others.get(0) - 1 : isLast ? others.get(k - 1) + 1 : middle(others, k));
                reached = step(ends, reached, from, to);
            }
            if (!isLast && difference.get().canBeEqual() && other >= range.low() && other <= range.high()) {
                levels.add(other);
                reached = step(ends, reached, other, other);
            }
            from = Math.max(range.low(), other + difference.get().least());
        }
        return Optional.of(new Stepped(ImmutableList.of(number), levels.build(), ends.build()));
    }

    /** How far the number can be from a constant: of listed ones the nearest is known. */
    private Optional<GridDistance> distance(SOp number, double constant) {
        if (!(facts.inference().values(number) instanceof ValueSet.Finite finite)) {
            return difference(number, constant);
        }
        double[] distances = finite.values().stream()
                .mapToDouble(value -> Math.abs(Values.toDouble(value) - constant))
                .toArray();
        double least = Arrays.stream(distances).filter(d -> d > 0).min().orElse(1);
        boolean canBeEqual = Arrays.stream(distances).anyMatch(d -> d == 0);
        return Optional.of(new GridDistance(least, canBeEqual)).filter(d -> finite.exact() || !d.canBeEqual());
    }

    private static double middle(ImmutableDoubleArray numbers, int k) {
        return numbers.get(k - 1) + (numbers.get(k) - numbers.get(k - 1)) / 2;
    }

    /** Ends the step before a stretch of numbers, if it is not the first; the next step begins where the stretch ends. */
    private static double step(ImmutableList.Builder<Ends> ends, double reached, double from, double to) {
        if (!Double.isNaN(reached)) {
            ends.add(new Ends(reached, from));
        }
        return to;
    }

    /** Halves go to the even neighbour: the step there stands on the one side of the half or on the other. */
    private Optional<Stepped> rounded(SOp number) {
        Optional<Grid> grid = facts.grid(number);
        NumberRange range = facts.range(number);
        double first = Math.rint(range.low());
        double last = Math.rint(range.high());
        if (grid.isEmpty() || last - first > MOST_STEPS) {
            return Optional.empty();
        }
        double gap = Grid.gap(grid.get(), new Grid(2, 1, true));
        boolean meetsHalves = grid.get().meetsHalves();
        if ((meetsHalves && !grid.get().exact()) || facts.rounding(number) > gap * MOST_ROUNDING) {
            return Optional.empty();
        }
        ImmutableList.Builder<Ends> ends = ImmutableList.builder();
        ImmutableDoubleArray.Builder levels = ImmutableDoubleArray.builder().add(first);
        for (double k = first; k < last; k++) {
            double half = k + 0.5;
            boolean halfGoesDown = k % 2 == 0;
            ends.add(new Ends(
                    meetsHalves && halfGoesDown ? half : half - gap, meetsHalves && !halfGoesDown ? half : half + gap));
            levels.add(k + 1);
        }
        return Optional.of(new Stepped(ImmutableList.of(number), levels.build(), ends.build()));
    }
}
