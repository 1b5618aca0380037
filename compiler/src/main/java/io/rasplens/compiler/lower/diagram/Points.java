package io.rasplens.compiler.lower.diagram;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.Precision;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The different numbers that a variable can be, ascending, as it stands in the stream.
 *
 * @param at the numbers
 * @param of which of them each value of the variable is
 */
record Points(ImmutableDoubleArray at, ImmutableIntArray of) {
    /** Numbers nearer than this, relative to the greatest, are one. */
    private static final double TOLERANCE = Precision.PROMISED;

    /** @param held the number that each value stands as */
    static Points of(double[] held) {
        double size = Math.max(1, Arrays.stream(held).map(Math::abs).max().orElse(0));
        int[] order = IntStream.range(0, held.length)
                .boxed()
                .sorted(Comparator.comparingDouble(value -> held[value]))
                .mapToInt(value -> value)
                .toArray();
        ImmutableDoubleArray.Builder at = ImmutableDoubleArray.builder();
        int[] of = new int[held.length];
        int count = 0;
        double last = Double.NEGATIVE_INFINITY;
        for (int value : order) {
            if (held[value] - last > TOLERANCE * size) {
                last = held[value];
                at.add(last);
                count++;
            }
            of[value] = count - 1;
        }
        return new Points(at.build(), ImmutableIntArray.copyOf(of));
    }

    double least() {
        return at.get(0);
    }

    double greatest() {
        return at.get(at.length() - 1);
    }

    double range() {
        return greatest() - least();
    }

    /** The least distance of two of them, relative to the greatest number. */
    double fineness() {
        double gap = Double.POSITIVE_INFINITY;
        for (int k = 1; k < at.length(); k++) {
            gap = Math.min(gap, at.get(k) - at.get(k - 1));
        }
        return gap / Math.max(1, Math.max(Math.abs(least()), Math.abs(greatest())));
    }
}
