package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rasplens.compiler.model.Level;
import io.rasplens.examples.SizedProgram.TableCells;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What legibility may cost, by the table of sizes, which another test compares with what the compiler makes. */
class SizesTest {
    private static final int MOST_TIMES_THE_SMALLEST = 6;

    static List<SizedProgram> programs() {
        return SizedProgram.all();
    }

    private static Optional<TableCells> measured(SizedProgram program, Level level) {
        return Optional.ofNullable(
                SizedProgram.table().getOrDefault(program, Map.of()).get(level));
    }

    private static TableCells cells(SizedProgram program, Level level) {
        return measured(program, level).orElseThrow();
    }

    @Test
    void theTableIsRead() {
        Map<SizedProgram, Map<Level, TableCells>> table = SizedProgram.table();

        assertThat(table).hasSizeGreaterThan(40);
        assertThat(table.get(new SizedProgram("hist", 4, 5)))
                .extractingByKey(Level.LEGIBLE)
                .extracting(TableCells::layers)
                .isEqualTo(1);
        assertThat(table.values()).allMatch(levels -> levels.size() >= 2);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void legibleModelsAreAtMostSixTimesTheSmallest(SizedProgram program) {
        TableCells legible = cells(program, Level.LEGIBLE);
        TableCells smallest = cells(program, Level.SMALLEST);

        assertThat(legible.parameters()).isLessThanOrEqualTo(MOST_TIMES_THE_SMALLEST * smallest.parameters());
        assertThat(legible.layers()).isLessThanOrEqualTo(smallest.layers() + 1);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void legibleModelsAreSmallerThanInTracrsLayout(SizedProgram program) {
        Optional<TableCells> direct = measured(program, Level.DIRECT);
        assumeTrue(direct.isPresent(), "not measured in Tracr's layout");

        assertThat(cells(program, Level.LEGIBLE).parameters())
                .isLessThan(direct.get().parameters());
        assertThat(cells(program, Level.LEGIBLE).layers())
                .isLessThanOrEqualTo(direct.get().layers());
    }
}
