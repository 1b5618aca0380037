package io.rasplens.compiler.lower.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.lower.reading.Room;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link NumberedCells} and {@link StepRounding}: which numbers tell cells apart, and which steps can be told. */
class StepRoundingTest {
    /** Whether a count of 1 to 5 is odd: 1, 0, 1, 0, 1. */
    private static JointTable odd() {
        Room room = Room.of("n = selector_width(select(tokens, tokens, ==));\nx = n % 2;");
        return room.facts().table(room.output()).orElseThrow();
    }

    private static boolean isHarmless(double[] points, Purpose purpose) {
        return isHarmless(points, 0, purpose);
    }

    private static boolean isHarmless(double[] points, double blur, Purpose purpose) {
        JointTable table = odd();
        CaseTree tree = CaseTree.of(new int[0], cells(table), 16).orElseThrow();
        return new StepRounding(table, points, blur, purpose).isHarmless(tree, tree.cheapestDefault());
    }

    private static int[] cells(JointTable table) {
        int[] cells = new int[table.cells().length()];
        Arrays.setAll(cells, table.cells()::get);
        return cells;
    }

    @Test
    void stepsBetweenIntsAreHarmless() {
        assertThat(isHarmless(new double[] {1, 2, 3, 4, 5}, Purpose.VALUES)).isTrue();
        assertThat(isHarmless(new double[] {1, 2, 3, 4, 5}, Purpose.NUMBER)).isTrue();
    }

    @Test
    void stepsOfNothingAtAGreatNumberAreNot() {
        double[] close = {1e9, 1e9 + 1e-5, 1e9 + 2e-5, 1e9 + 3e-5, 1e9 + 4e-5};

        assertThat(isHarmless(close, Purpose.VALUES)).isFalse();
        assertThat(isHarmless(close, Purpose.NUMBER)).isFalse();
    }

    @Test
    void stepsThatTheNumbersBlurGetsThroughAreNot() {
        double[] points = {1, 2, 3, 4, 5};

        assertThat(isHarmless(points, 0.2, Purpose.VALUES)).isTrue();
        assertThat(isHarmless(points, 0.3, Purpose.VALUES)).isFalse();
        assertThat(isHarmless(points, 0.3, Purpose.NUMBER)).isFalse();
    }

    @Test
    void cellsOfDifferentValuesThatShareANumberCollide() {
        JointTable table = odd();
        double[] same = {1, 1, 2, 2, 3};
        NumberedCells cells = NumberedCells.of(table, same, Purpose.NUMBER);

        assertThat(cells.points()).containsExactly(1, 2, 3);
        assertThat(cells.inOrder(List.of())).isEmpty();
        assertThat(cells.collision(List.of(), same)).hasValueSatisfying(c -> {
            assertThat(c.one()).isZero();
            assertThat(c.other()).isEqualTo(1);
        });
    }

    @Test
    void cellsOfEqualValuesMayShareOne() {
        JointTable table = odd();
        NumberedCells cells = NumberedCells.of(table, new double[] {1, 2, 1, 2, 1}, Purpose.NUMBER);

        assertThat(cells.points()).containsExactly(1, 2);
        assertThat(cells.inOrder(List.of())).isPresent();
    }

    @Test
    void testingTheVariableTellsAllCellsApart() {
        JointTable table = odd();
        NumberedCells cells = NumberedCells.of(table, new double[5], Purpose.NUMBER);

        assertThat(cells.inOrder(List.of())).isEmpty();
        assertThat(cells.inOrder(List.of(0))).isPresent();
    }
}
