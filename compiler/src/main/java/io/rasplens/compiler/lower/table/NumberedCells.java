package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table whose cells a number tells apart: what all orders of testing the other variables have in common.
 *
 * @param points the different numbers, ascending
 * @param nearest per cell the index of its number in {@code points}; 0 for cells that can't be
 * @param classes per value of the table the first of those that it need not be told apart from
 */
@SuppressWarnings("ArrayRecordComponent")
record NumberedCells(JointTable table, double[] points, int[] nearest, int[] classes) {
    private static final int MAX_CELLS = 1 << 22;

    /** How far apart values may be, relative to their size, that a number need not tell apart; a hundredth of what is promised. */
    private static final double ROUNDING = Precision.PROMISED / 100;

    /** Two sums of doubles that should be equal may differ by this much, relative to the code's range. */
    private static final double TOLERANCE = Precision.PROMISED;

    /** @param numbers the number of each cell */
    static NumberedCells of(JointTable table, double[] numbers, Purpose purpose) {
        double[] points = points(table, numbers);
        int[] nearest = new int[numbers.length];
        for (int cell = 0; cell < numbers.length; cell++) {
            if (table.cells().get(cell) >= 0) {
                nearest[cell] = nearest(points, numbers[cell]);
            }
        }
        return new NumberedCells(table, points, nearest, canonical(table, purpose));
    }

    /**
     * The classes by the tested variables, in this order, and the number, which runs fastest; -1 where nothing can be. Empty if values of
     * different classes share a place, which is so in every order or in none, or if there are too many places.
     */
    Optional<int[]> inOrder(List<Integer> tested) {
        int[] domains = tested.stream()
                .mapToInt(v -> table.variables().get(v).domain().size())
                .toArray();
        long size = Arrays.stream(domains).asLongStream().reduce(points.length, (a, b) -> a * b);
        if (size > MAX_CELLS) {
            return Optional.empty();
        }
        int[] cells = new int[(int) size];
        Arrays.fill(cells, -1);
        int[] row = rows(table, tested, domains);
        for (int cell = 0; cell < row.length; cell++) {
            int value = table.cells().get(cell);
            if (value < 0) {
                continue;
            }
            int at = row[cell] * points.length + nearest[cell];
            if (cells[at] >= 0 && cells[at] != classes[value]) {
                return Optional.empty();
            }
            cells[at] = classes[value];
        }
        return Optional.of(cells);
    }

    /**
     * Two cells that the number and the tested variables don't tell apart, though they should be.
     *
     * @param tolerance numbers nearer than this are one
     */
    record Collision(int one, int other, double tolerance) {}

    /** What makes {@link #inOrder} empty, if it isn't the number of places. */
    Optional<Collision> collision(List<Integer> tested, double[] numbers) {
        int[] domains = tested.stream()
                .mapToInt(v -> table.variables().get(v).domain().size())
                .toArray();
        int[] row = rows(table, tested, domains);
        Map<Long, Integer> taken = new HashMap<>();
        for (int cell = 0; cell < row.length; cell++) {
            int value = table.cells().get(cell);
            if (value < 0) {
                continue;
            }
            Integer before = taken.putIfAbsent((long) row[cell] * points.length + nearest[cell], cell);
            if (before != null && classes[table.cells().get(before)] != classes[value]) {
                return Optional.of(new Collision(before, cell, TOLERANCE * size(table, numbers)));
            }
        }
        return Optional.empty();
    }

    /** The greatest of the numbers, or 1 if that is more. */
    private static double size(JointTable table, double[] numbers) {
        double size = 1;
        for (int cell = 0; cell < numbers.length; cell++) {
            size = table.cells().get(cell) >= 0 ? Math.max(size, Math.abs(numbers[cell])) : size;
        }
        return size;
    }

    private static double[] points(JointTable table, double[] numbers) {
        double[] sorted = new double[numbers.length];
        int count = 0;
        for (int cell = 0; cell < numbers.length; cell++) {
            if (table.cells().get(cell) >= 0) {
                sorted[count++] = numbers[cell];
            }
        }
        double tolerance = TOLERANCE * size(table, numbers);
        Arrays.sort(sorted, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || sorted[i] - sorted[kept - 1] > tolerance) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    private static int nearest(double[] points, double number) {
        int found = Arrays.binarySearch(points, number);
        if (found >= 0) {
            return found;
        }
        int after = -found - 1;
        if (after == points.length || (after > 0 && number - points[after - 1] < points[after] - number)) {
            return after - 1;
        }
        return after;
    }

    private static int[] rows(JointTable table, List<Integer> tested, int[] domains) {
        int[] row = new int[table.cells().length()];
        for (int t = 0; t < domains.length; t++) {
            int[] coordinates = table.coordinates(tested.get(t));
            for (int cell = 0; cell < row.length; cell++) {
                row[cell] = row[cell] * domains[t] + coordinates[cell];
            }
        }
        return row;
    }

    /**
     * The first of values that need not be told apart stands for all. {@code 2} and {@code 2.0} are one number; {@code True} is another
     * kind, and stays apart from {@code 1} unless a number is all that is wanted.
     */
    private static int[] canonical(JointTable table, Purpose purpose) {
        int[] canonical = new int[table.values().size()];
        for (int v = 1; v < canonical.length; v++) {
            Value first = table.values().get(canonical[v - 1]);
            canonical[v] = isSame(first, table.values().get(v), purpose) ? canonical[v - 1] : v;
        }
        return canonical;
    }

    private static boolean isSame(Value first, Value value, Purpose purpose) {
        if (purpose == Purpose.VALUES) {
            return !(first instanceof BoolValue) && !(value instanceof BoolValue) && value.raspEquals(first);
        }
        double a = Values.asNumber(first);
        double b = Values.asNumber(value);
        return a == b || Math.abs(a - b) <= ROUNDING * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
}
