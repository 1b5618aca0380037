package io.rasplens.compiler.lower;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.grammar.value.BoolValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A function of several variables as a function of one number: the values of a linear code of the variables, ascending, with
 * the function's value (an index into the table's values) at each.
 *
 * @param signal makes the code readable; asked only of the code that is chosen
 * @param changes how often neighbours differ: the steps that the function costs
 */
@SuppressWarnings("ArrayRecordComponent")
record Code(Supplier<Signal> signal, double[] points, int[] values, int changes) {
    /** Two sums of doubles that should be equal may differ by this much, relative to the code's range. */
    private static final double TOLERANCE = 1e-9;

    /** What the code is read for. */
    enum Purpose {
        /** A one-hot: every value has to be told from every other. */
        VALUES,
        /** A number: values that differ by rounding may be taken for each other, as sums in another order would be. */
        NUMBER
    }

    /** Rounding of a one-hot's step; in a score it counts a hundredfold, against a margin of 50. */
    private static final double ROUNDED_STEP = 1e-7;

    /** Rounding that a number's steps may leave, relative to its size; half of what is promised. */
    private static final double ROUNDED_NUMBER = 5e-10;

    /** How far apart values may be, relative to their size, that a number need not tell apart; a hundredth of what is promised. */
    private static final double ROUNDING = 1e-11;

    /**
     * The code with {@code numbers[cell]} for each cell of the table, or nothing if two cells with different values share a
     * number.
     */
    static Optional<Code> of(Supplier<Signal> signal, JointTable table, double[] numbers, Purpose purpose) {
        int[] canonical = canonical(table);
        var cells = new ArrayList<Integer>();
        double range = 1;
        for (int cell = 0; cell < numbers.length; cell++) {
            if (table.cells().get(cell) >= 0) {
                cells.add(cell);
                range = Math.max(range, Math.abs(numbers[cell]));
            }
        }
        cells.sort(Comparator.comparingDouble(cell -> numbers[cell]));
        List<Double> points = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        int changes = 0;
        for (int cell : cells) {
            int value = canonical[table.cells().get(cell)];
            double number = numbers[cell];
            int last = points.size() - 1;
            if (last >= 0 && number - points.get(last) <= TOLERANCE * range) {
                if (differ(table, values.get(last), value, purpose)) {
                    return Optional.empty();
                }
                continue;
            }
            changes += last >= 0 && differ(table, values.get(last), value, purpose) ? 1 : 0;
            points.add(number);
            values.add(value);
        }
        return Optional.of(new Code(
                signal,
                points.stream().mapToDouble(Double::doubleValue).toArray(),
                values.stream().mapToInt(Integer::intValue).toArray(),
                changes));
    }

    /**
     * Whether the rounding of the steps does no harm. A step of gap g at a number of size M is the difference of two units of size
     * 2 M / g; right of it, some ulps of that remain, times the change that it makes. This is the
     * worst that can be; what it does to the answer is the certificate's to say.
     */
    boolean isPrecise(JointTable table, Purpose purpose) {
        if (points.length == 0) {
            return true;
        }
        double size = Math.max(Math.abs(points[0]), Math.abs(points[points.length - 1]));
        double left = 0;
        for (int k = 1; k < points.length; k++) {
            if (!differ(table, values[k - 1], values[k], purpose)) {
                continue;
            }
            double rounding = 2 * Math.ulp(2 * size / (points[k] - points[k - 1]));
            if (purpose == Purpose.VALUES) {
                if (rounding > ROUNDED_STEP) {
                    return false;
                }
            } else {
                left += rounding * Math.abs(number(table, k) - number(table, k - 1));
                if (left > ROUNDED_NUMBER * Math.max(1, Math.abs(number(table, k)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private double number(JointTable table, int point) {
        return Lowerer.asNumber(table.values().get(values[point]));
    }

    private static boolean differ(JointTable table, int left, int right, Purpose purpose) {
        if (left == right || purpose == Purpose.VALUES) {
            return left != right;
        }
        double a = Lowerer.asNumber(table.values().get(left));
        double b = Lowerer.asNumber(table.values().get(right));
        return !(Math.abs(a - b) <= ROUNDING * Math.max(1, Math.max(Math.abs(a), Math.abs(b))));
    }

    /**
     * {@code 2} and {@code 2.0} are one number: the first of equal values stands for all. {@code True} is another kind, and stays
     * apart from {@code 1}.
     */
    private static int[] canonical(JointTable table) {
        int[] canonical = new int[table.values().size()];
        for (int v = 1; v < canonical.length; v++) {
            boolean same = !(table.values().get(v - 1) instanceof BoolValue)
                    && table.values().get(v).raspEquals(table.values().get(v - 1));
            canonical[v] = same ? canonical[v - 1] : v;
        }
        return canonical;
    }
}
