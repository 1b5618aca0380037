package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.random.Fuzz;
import io.rasplens.compiler.random.Subset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random programs of the whole language, compiled and compared with the interpreter. */
class OptimizedFuzzTest {
    @Test
    void randomProgramsAgreeWithTheInterpreter() {
        Fuzz.Report report = new Fuzz(new OptimizedLowering(), Subset.ALL, 60).run(1, 2_000);

        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(1_850);
    }

    @Test
    @Tag("long")
    void manyRandomProgramsAgreeWithTheInterpreter() {
        Fuzz.Report report = new Fuzz(new OptimizedLowering(), Subset.ALL, 60).run(1_000_000, 100_000);

        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(92_000);
    }
}
