package io.rasplens.runtime.analysis.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.Verification;
import io.rasplens.runtime.analysis.Verifier;
import io.rasplens.runtime.analysis.VerifyOptions;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** With every s-op kept a model is its program, edit for edit: every kept s-op stands there, and setting it does what it should. */
class KeepTest {
    private static CompileOptions keeping(Level level, String... names) {
        return CompileOptions.DEFAULT.level(level).keep(new CompileOptions.Keep(ImmutableList.copyOf(names)));
    }

    /** Only the direct layout may refuse: it has no heads for selectors of several selects. */
    @TestFactory
    Stream<DynamicTest> everyExampleIsItsProgram() throws IOException {
        Stream<DynamicTest> legible = CompiledProgram.examples().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name + " at -O1", () -> check(CompiledProgram.example(name, keeping(Level.LEGIBLE)))));
        Stream<DynamicTest> direct = CompiledProgram.examples().stream()
                .filter(name -> !name.equals("inference"))
                .flatMap(name -> CompiledProgram.possible(name, keeping(Level.DIRECT)).stream())
                .map(compiled -> DynamicTest.dynamicTest(compiled.name() + " at -O0", () -> check(compiled)));
        Stream<DynamicTest> smallest = Stream.of("reverse", "double_hist", "sort", "dyck1_ptf", "induction")
                .map(name -> DynamicTest.dynamicTest(
                        name + " at -O2", () -> check(CompiledProgram.example(name, keeping(Level.SMALLEST)))));
        return Stream.of(legible, direct, smallest).flatMap(tests -> tests);
    }

    private static void check(CompiledProgram compiled) {
        ImmutableList<String> kept = compiled.target().kept().stream()
                .map(sop -> compiled.program().nameOf(sop).orElseThrow())
                .collect(ImmutableList.toImmutableList());
        ImmutableList<SopReadout> readouts = compiled.transformer().model().readouts();
        assertThat(readouts.stream().filter(SopReadout::kept).map(SopReadout::sop))
                .containsExactlyInAnyOrderElementsOf(kept);
        assertThat(readouts.stream().filter(SopReadout::kept))
                .allSatisfy(readout -> assertThat(readout.encodings()).isNotEmpty());

        Verification verification = Verifier.verify(
                compiled.transformer(),
                compiled.program(),
                VerifyOptions.of(
                                compiled.target().vocabulary(),
                                compiled.target().maxLength())
                        .budget(300));
        assertThat(verification.mismatches()).isEmpty();

        InterchangeReport report = Interchange.measure(
                compiled.transformer(),
                compiled.program(),
                InterchangeOptions.of(
                                compiled.target().vocabulary(),
                                compiled.target().maxLength())
                        .budget(40)
                        .work(2e9));
        assertThat(report.sops()).hasSizeGreaterThanOrEqualTo(kept.size()).allSatisfy(sop -> {
            assertThat(sop.counterexample()).as(sop.readout().sop()).isEmpty();
            assertThat(sop.tried()).as(sop.readout().sop()).isPositive();
        });
        assertThat(report.accuracy()).isEqualTo(1);
    }

    @Test
    void aKeptSopMeetsValuesThatItNeverMeetsByItself() {
        CompiledProgram kept = CompiledProgram.example("reverse", keeping(Level.DEFAULT, "length", "opposite"));
        InterchangeReport report = Interchange.measure(
                kept.transformer(),
                kept.program(),
                InterchangeOptions.of(kept.target().vocabulary(), kept.target().maxLength()));

        assertThat(report.sops().stream().filter(sop -> sop.readout().kept()))
                .hasSize(2)
                .allSatisfy(sop -> {
                    assertThat(sop.accuracy()).isEqualTo(1);
                    assertThat(sop.tried())
                            .as("pairs, and all values everywhere")
                            .isGreaterThan(550);
                });
    }

    @Test
    void whatIsNotKeptCostsNothing() {
        CompiledProgram plain = CompiledProgram.example("reverse", 1);
        CompiledProgram none = CompiledProgram.example("reverse", CompileOptions.DEFAULT);

        assertThat(none.transformer().model().weights())
                .isEqualTo(plain.transformer().model().weights());
        assertThat(CompiledProgram.example("reverse", keeping(Level.DEFAULT, "opposite"))
                        .transformer()
                        .config()
                        .nLayers())
                .isGreaterThan(plain.transformer().config().nLayers());
    }
}
