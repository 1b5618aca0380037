package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A function in the form in which hidden units compute it: tests of one-hot variables, steps of one number.
 *
 * @param tested positions of the tested variables in the table, in the order of testing
 * @param coding the number that stands for the other variables
 * @param points the values of the number, ascending
 * @param tree the cases, with an index into the table's values for each point
 * @param plain the default row
 * @param units how many hidden units it takes
 * @param precise whether the rounding of its steps does no harm, at worst; what it does to the answer is the certificate's to say
 */
@SuppressWarnings("ArrayRecordComponent")
record Cases(
        JointTable table,
        ImmutableList<Integer> tested,
        Coding coding,
        double[] points,
        CaseTree tree,
        int[] plain,
        int units,
        boolean precise) {
    /** Two sums of doubles that should be equal may differ by this much, relative to the code's range. */
    private static final double TOLERANCE = 1e-9;

    /** How far apart values may be, relative to their size, that a number need not tell apart; a hundredth of what is promised. */
    private static final double ROUNDING = 1e-11;

    private static final int MAX_CELLS = 1 << 22;

    /** The cases, or nothing if combinations with different values share a number, or if there are too many of them. */
    static Optional<Cases> of(JointTable table, List<Integer> tested, Coding coding, Purpose purpose, int maxPaths) {
        double[] points = points(table, coding.numbers());
        int[] domains = tested.stream()
                .mapToInt(v -> table.variables().get(v).domain().size())
                .toArray();
        long size = Arrays.stream(domains).asLongStream().reduce(points.length, (a, b) -> a * b);
        if (size > MAX_CELLS) {
            return Optional.empty();
        }
        int[] cells = new int[(int) size];
        Arrays.fill(cells, -1);
        int[] canonical = canonical(table, purpose);
        int[] row = rows(table, tested, domains);
        for (int cell = 0; cell < row.length; cell++) {
            int value = table.cells().get(cell);
            if (value < 0) {
                continue;
            }
            int at = row[cell] * points.length + nearest(points, coding.numbers()[cell]);
            if (cells[at] >= 0 && cells[at] != canonical[value]) {
                return Optional.empty();
            }
            cells[at] = canonical[value];
        }
        return CaseTree.of(domains, cells, maxPaths).map(tree -> {
            int[] plain = tree.cheapestDefault();
            boolean precise = new StepRounding(table, points, purpose).isHarmless(tree, plain);
            return new Cases(
                    table, ImmutableList.copyOf(tested), coding, points, tree, plain, tree.units(plain), precise);
        });
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

    private static double[] points(JointTable table, double[] numbers) {
        double[] sorted = new double[numbers.length];
        int count = 0;
        double range = 1;
        for (int cell = 0; cell < numbers.length; cell++) {
            if (table.cells().get(cell) >= 0) {
                sorted[count++] = numbers[cell];
                range = Math.max(range, Math.abs(numbers[cell]));
            }
        }
        Arrays.sort(sorted, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || sorted[i] - sorted[kept - 1] > TOLERANCE * range) {
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
        double a = Lowerer.asNumber(first);
        double b = Lowerer.asNumber(value);
        return a == b || Math.abs(a - b) <= ROUNDING * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
}
