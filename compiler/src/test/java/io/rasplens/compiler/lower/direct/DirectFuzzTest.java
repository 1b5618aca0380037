package io.rasplens.compiler.lower.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.random.Fuzz;
import io.rasplens.compiler.random.Subset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DirectFuzzTest {
    @Test
    void randomProgramsAgreeWithTheInterpreter() {
        Fuzz.FuzzReport report = new Fuzz(new DirectLowering(), Subset.DIRECT, 60).run(1, 600);

        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(400);
    }

    @Test
    void wholeLanguageIsRefusedOrRight() {
        Fuzz.FuzzReport report = new Fuzz(new DirectLowering(), Subset.ALL, 60).run(100_200, 250);

        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(200);
    }

    @Test
    @Tag("long")
    void manyProgramsOfTheWholeLanguageAreRefusedOrRight() {
        Fuzz.FuzzReport report = new Fuzz(new DirectLowering(), Subset.ALL, 60).run(2_000_000, 20_000);

        assertThat(report.failures()).isEmpty();
    }

    @Test
    @Tag("long")
    void manyRandomProgramsAgreeWithTheInterpreter() {
        Fuzz.FuzzReport report = new Fuzz(new DirectLowering(), Subset.DIRECT, 150).run(1_000_000, 20_000);

        assertThat(report.failures()).isEmpty();
        assertThat(report.compared()).as("refused: %s", report.refusals()).isGreaterThan(12_000);
    }
}
