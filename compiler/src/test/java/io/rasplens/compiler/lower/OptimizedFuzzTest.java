package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.random.Fuzz;
import io.rasplens.compiler.random.Subset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random programs of the whole language, compiled and compared with the interpreter. */
class OptimizedFuzzTest {
    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void randomProgramsAgreeWithTheInterpreter(Level level) {
        Fuzz.FuzzReport report = new Fuzz(new OptimizedLowering(level), Subset.ALL, 60).run(1, 2_000);

        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(1_850);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void programsOfManyNumbersAgreeWithTheInterpreter(Level level) {
        Fuzz.FuzzReport report = new Fuzz(new OptimizedLowering(level), Subset.WIDE, 60).run(1, 600);

        assertThat(report.failures()).isEmpty();
        assertThat(report.refused()).as(report.summary()).isLessThan(0.05);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    @Tag("long")
    void manyProgramsOfManyNumbersAgreeWithTheInterpreter(Level level) {
        Fuzz.FuzzReport report = new Fuzz(new OptimizedLowering(level), Subset.WIDE, 60).run(1_000_000, 100_000);

        System.out.println(level.flag() + ", many numbers: " + report.summary());
        assertThat(report.failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    @Tag("long")
    void manyRandomProgramsAgreeWithTheInterpreter(Level level) {
        Fuzz.FuzzReport report = new Fuzz(new OptimizedLowering(level), Subset.ALL, 60).run(1_000_000, 100_000);

        System.out.println(level.flag() + ": " + report.summary());
        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(92_000);
    }
}
