package io.rasplens.compiler.lower;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A continuous function of one number that is linear between its breaks.
 *
 * @param xs ascending, the first and the last the least and the greatest that the number can be
 * @param ys the values there
 */
record PiecewiseLinear(ImmutableDoubleArray xs, ImmutableDoubleArray ys) {
    /** Two values are one if they differ by less than this, relative to their size: sums that were rounded in another order. */
    private static final double ROUNDING = 1e-12;

    static PiecewiseLinear identity(double low, double high) {
        return new PiecewiseLinear(ImmutableDoubleArray.of(low, high), ImmutableDoubleArray.of(low, high));
    }

    /** The sum of the two, each times a factor, and a constant. */
    PiecewiseLinear plus(PiecewiseLinear other, double factor) {
        double[] points = points(this, other);
        return at(points, Arrays.stream(points).map(x -> value(x) + factor * other.value(x)));
    }

    PiecewiseLinear times(double factor) {
        return new PiecewiseLinear(xs, ImmutableDoubleArray.copyOf(ys.stream().map(y -> factor * y)));
    }

    PiecewiseLinear plus(double constant) {
        return new PiecewiseLinear(xs, ImmutableDoubleArray.copyOf(ys.stream().map(y -> y + constant)));
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
        for (int p = 0; p + 1 < points.length; p++) {
            double middle = points[p] + (points[p + 1] - points[p]) / 2;
            PiecewiseLinear piece = (isZero(middle) ? aboveAtZero : value(middle) > 0) ? above : below;
            if (differ(piece.value(points[p]), chosen[p]) || differ(piece.value(points[p + 1]), chosen[p + 1])) {
                return Optional.empty();
            }
        }
        return Optional.of(at(points, Arrays.stream(chosen)));
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
        return Math.abs(value(x)) <= ROUNDING * Math.max(1, Math.abs(x));
    }

    private static boolean differ(double a, double b) {
        return Math.abs(a - b) > ROUNDING * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static double[] points(PiecewiseLinear... functions) {
        return Arrays.stream(functions)
                .flatMapToDouble(f -> f.xs.stream())
                .sorted()
                .distinct()
                .toArray();
    }

    /** The function through these points, without breaks where its slope stays the same. */
    private static PiecewiseLinear at(double[] points, DoubleStream values) {
        double[] ys = values.toArray();
        ImmutableDoubleArray.Builder kept = ImmutableDoubleArray.builder();
        ImmutableDoubleArray.Builder at = ImmutableDoubleArray.builder();
        int last = 0;
        for (int p = 0; p < points.length; p++) {
            boolean isEnd = p == 0 || p == points.length - 1;
            if (isEnd || differ(through(points, ys, last, p, p + 1), ys[p + 1])) {
                kept.add(points[p]);
                at.add(ys[p]);
                last = p;
            }
        }
        return new PiecewiseLinear(kept.build(), at.build());
    }

    /** Where the line through points a and b is at point c. */
    private static double through(double[] xs, double[] ys, int a, int b, int c) {
        return ys[a] + (ys[b] - ys[a]) / (xs[b] - xs[a]) * (xs[c] - xs[a]);
    }
}
