package io.rasplens.compiler.lower.table;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.JointTable;
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
record TableCases(
        JointTable table,
        ImmutableList<Integer> tested,
        Coding coding,
        double[] points,
        CaseTree tree,
        int[] plain,
        int units,
        boolean precise) {
    /** Cases that are tried for one function. */
    static final int MAX_PATHS = 1 << 14;

    /** The cases, or nothing if combinations with different values share a number, or if there are too many of them. */
    static Optional<TableCases> of(
            NumberedCells numbered, List<Integer> tested, Coding coding, Purpose purpose, int maxPaths) {
        JointTable table = numbered.table();
        double[] points = numbered.points();
        Optional<int[]> cells = numbered.inOrder(tested);
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        int[] domains = tested.stream()
                .mapToInt(v -> table.variables().get(v).domain().size())
                .toArray();
        return CaseTree.of(domains, cells.get(), maxPaths).map(tree -> {
            int[] plain = tree.cheapestDefault();
            boolean precise = new StepRounding(table, points, coding.blur(), purpose).isHarmless(tree, plain);
            return new TableCases(
                    table, ImmutableList.copyOf(tested), coding, points, tree, plain, tree.units(plain), precise);
        });
    }
}
