package io.rasplens.compiler.lower.piecewise;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A continuous function of one number that is linear between its breaks.
 *
 * @param xs ascending, the first and the last the least and the greatest that the number can be
 * @param ys the values there
 * @param error by how much these values, and the program's own, may be rounded
 */
record PiecewiseLinear(ImmutableDoubleArray xs, ImmutableDoubleArray ys, double error) {
    /** What sums of a few terms are rounded by, relative to their size. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);

    static PiecewiseLinear identity(double low, double high) {
        return new PiecewiseLinear(ImmutableDoubleArray.of(low, high), ImmutableDoubleArray.of(low, high), 0);
    }

    private static PiecewiseLinear rounded(ImmutableDoubleArray xs, ImmutableDoubleArray ys, double error) {
        return new PiecewiseLinear(xs, ys, error + ROUNDING * largest(ys));
    }

    PiecewiseLinear plus(PiecewiseLinear other) {
        double[] points = points(this, other);
        return at(points, Arrays.stream(points).map(x -> value(x) + other.value(x)), error + other.error);
    }

    PiecewiseLinear times(double factor) {
        return rounded(xs, ImmutableDoubleArray.copyOf(ys.stream().map(y -> factor * y)), Math.abs(factor) * error);
    }

    PiecewiseLinear plus(double constant) {
        return rounded(xs, ImmutableDoubleArray.copyOf(ys.stream().map(y -> y + constant)), error);
    }

    /** The same function of the number with its sign turned. */
    PiecewiseLinear mirrored() {
        int last = pieces();
        return new PiecewiseLinear(
                ImmutableDoubleArray.copyOf(IntStream.rangeClosed(0, last).mapToDouble(k -> -xs.get(last - k))),
                ImmutableDoubleArray.copyOf(IntStream.rangeClosed(0, last).mapToDouble(k -> ys.get(last - k))),
                error);
    }

    /** The same, rounded by so much more. */
    PiecewiseLinear rounded(double more) {
        return new PiecewiseLinear(xs, ys, error + more);
    }

    /** How many pieces there are. */
    int pieces() {
        return xs.length() - 1;
    }

    double slope(int piece) {
        return (ys.get(piece + 1) - ys.get(piece)) / (xs.get(piece + 1) - xs.get(piece));
    }

    double value(double x) {
        int after = 1;
        while (after < pieces() && xs.get(after) < x) {
            after++;
        }
        return x == xs.get(after) ? ys.get(after) : ys.get(after - 1) + slope(after - 1) * (x - xs.get(after - 1));
    }

    /**
     * {@code above} where this is greater than 0, {@code below} where it is less; nothing if that jumps anywhere.
     *
     * @param aboveAtZero whether it is {@code above} where this is 0
     */
    Optional<PiecewiseLinear> choose(PiecewiseLinear above, PiecewiseLinear below, boolean aboveAtZero) {
        double[] points = withRoots(points(this, above, below));
        double[] chosen = new double[points.length];
        for (int p = 0; p < points.length; p++) {
            double x = points[p];
            chosen[p] = (isZero(x) ? aboveAtZero : value(x) > 0) ? above.value(x) : below.value(x);
        }
        double steepness = above.steepest() + below.steepest();
        double both = above.noise() + below.noise();
        double most = both;
        for (int p = 0; p + 1 < points.length; p++) {
            double left = points[p];
            double right = points[p + 1];
            double middle = left + (right - left) / 2;
            boolean unsure = isZero(middle);
            double slope = Math.abs(value(right) - value(left)) / (right - left);
            double tolerance = both + (unsure ? 0 : steepness * noise() / slope);
            most = Math.max(most, tolerance);
            PiecewiseLinear piece = (unsure ? aboveAtZero : value(middle) > 0) ? above : below;
            for (double x : new double[] {left, right}) {
                double y = x == left ? chosen[p] : chosen[p + 1];
                // Where rounding decides, both have to do.
                if (Math.abs(piece.value(x) - y) > tolerance
                        || (unsure && Math.abs(above.value(x) - below.value(x)) > tolerance)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(at(points, Arrays.stream(chosen), most));
    }

    /** Points at which this is 0, beside those that are there. */
    private double[] withRoots(double[] points) {
        DoubleStream.Builder all = DoubleStream.builder();
        for (int p = 0; p < points.length; p++) {
            all.add(points[p]);
            if (p + 1 < points.length && !isZero(points[p]) && !isZero(points[p + 1])) {
                double from = value(points[p]);
                double to = value(points[p + 1]);
                if (from * to < 0) {
                    all.add(points[p] + (points[p + 1] - points[p]) * (from / (from - to)));
                }
            }
        }
        return all.build().sorted().distinct().toArray();
    }

    private boolean isZero(double x) {
        return Math.abs(value(x)) <= noise();
    }

    /** By how much a value at a rounded place may be off. */
    private double noise() {
        return error + ROUNDING * (largest(ys) + steepest() * largest(xs));
    }

    private double steepest() {
        double steepest = 0;
        for (int piece = 0; piece < pieces(); piece++) {
            steepest = Math.max(steepest, Math.abs(slope(piece)));
        }
        return steepest;
    }

    private static double largest(ImmutableDoubleArray numbers) {
        return numbers.stream().map(Math::abs).max().orElse(0);
    }

    private static double[] points(PiecewiseLinear... functions) {
        return Arrays.stream(functions)
                .flatMapToDouble(f -> f.xs.stream())
                .sorted()
                .distinct()
                .toArray();
    }

    /** The function through these points, without breaks where its slope stays the same. */
    private static PiecewiseLinear at(double[] points, DoubleStream values, double error) {
        double[] ys = values.toArray();
        double tolerance = ROUNDING * Arrays.stream(ys).map(Math::abs).max().orElse(0);
        ImmutableDoubleArray.Builder kept = ImmutableDoubleArray.builder();
        ImmutableDoubleArray.Builder at = ImmutableDoubleArray.builder();
        int last = 0;
        for (int p = 0; p < points.length; p++) {
            boolean isEnd = p == 0 || p == points.length - 1;
            if (isEnd || Math.abs(through(points, ys, last, p, p + 1) - ys[p + 1]) > tolerance) {
                kept.add(points[p]);
                at.add(ys[p]);
                last = p;
            }
        }
        return rounded(kept.build(), at.build(), error);
    }

    /** Where the line through points a and b is at point c. */
    private static double through(double[] xs, double[] ys, int a, int b, int c) {
        return ys[a] + (ys[b] - ys[a]) / (xs[b] - xs[a]) * (xs[c] - xs[a]);
    }
}
