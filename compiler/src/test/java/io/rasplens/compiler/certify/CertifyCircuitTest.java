package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.lower.direct.DirectLowering;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.random.Subset;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is certified holds: no error seen is greater, no threshold nearer. */
class CertifyCircuitTest {

    @TestFactory
    Stream<DynamicTest> examplesKeepWhatIsCertified() {
        return Targets.exampleFiles().stream()
                .flatMap(file -> Stream.of(Level.LEGIBLE, Level.SMALLEST)
                        .map(level -> DynamicTest.dynamicTest(file.getFileName() + " " + level.flag(), () -> {
                            CompileTarget target = Targets.example(file, CompileOptions.DEFAULT);
                            Observed seen = check(
                                    target,
                                    OptimizedLowering.certify(target, level).orThrow(),
                                    40);
                            assertThat(seen.inputs).isPositive();
                        })));
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void randomProgramsKeepWhatIsCertified(Level level) {
        int certified = 0;
        for (long seed = 0; seed < 300; seed++) {
            Result<CompileTarget> target = Targets.random(seed);
            if (target instanceof Result.Success<CompileTarget> success
                    && certify(success.value(), level) instanceof Result.Success<CertifiedCircuit> circuit) {
                check(success.value(), circuit.value(), 12, "seed " + seed);
                certified++;
            }
        }
        assertThat(certified).isGreaterThan(100);
    }

    /** Programs that the lowering can't take are no matter of this test; differential fuzzing looks for them. */
    private static Result<CertifiedCircuit> certify(CompileTarget target, Level level) {
        try {
            return OptimizedLowering.certify(target, level);
        } catch (IllegalArgumentException e) {
            return Result.failure(Diagnostic.error(CompileCode.OUTSIDE_DIRECT, String.valueOf(e.getMessage())));
        }
    }

    @TestFactory
    Stream<DynamicTest> examplesInTracrsLayoutKeepWhatIsCertified() {
        return Targets.exampleFiles().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    CompileTarget target = Targets.example(file, CompileOptions.DEFAULT.maxLength(5));
                    if (DirectLowering.certify(target) instanceof Result.Success<CertifiedCircuit> certified) {
                        assertThat(check(target, certified.value(), 20).inputs).isPositive();
                    }
                }));
    }

    @Test
    void randomProgramsInTracrsLayoutKeepWhatIsCertified() {
        int certified = 0;
        for (long seed = 0; seed < 200; seed++) {
            Result<CompileTarget> target = Targets.random(Subset.DIRECT, seed);
            if (target instanceof Result.Success<CompileTarget> success
                    && DirectLowering.certify(success.value()) instanceof Result.Success<CertifiedCircuit> circuit) {
                check(success.value(), circuit.value(), 12, "seed " + seed);
                certified++;
            }
        }
        assertThat(certified).isGreaterThan(100);
    }

    /** Means of up to ten marks come as near a half as 5/9 and 4/9 and, doubly rounded, no nearer than half of a ninetieth. */
    @Test
    void theDistanceFromAThresholdIsComputedAtEveryLevel() {
        CompileTarget target = Targets.source("""
                #@ vocab ["a", "b"]
                #@ max_length 10
                f = aggregate(select(indices, indices, <=), indicator(tokens == "a"));
                result = f > 0.5;
                """);
        for (CertifiedCircuit certified : List.of(
                DirectLowering.certify(target).orThrow(),
                OptimizedLowering.certify(target, Level.LEGIBLE).orThrow(),
                OptimizedLowering.certify(target, Level.SMALLEST).orThrow())) {
            assertThat(certified.certificate().thresholdMargin()).isPositive().isLessThan(0.0066);
            check(target, certified, 500);
        }
    }

    /** Widths from sum heads, counts of counts, sorting: sums of many terms and steps behind them. */
    @ParameterizedTest
    @CsvSource({"hist, 160", "double_hist, 64", "sort, 64", "reverse, 80", "frac_prevs, 160", "most_freq, 24"})
    void longInputsKeepWhatIsCertified(String example, int length) {
        CompileTarget target =
                Targets.example(Targets.EXAMPLES.resolve(example + ".rasp"), CompileOptions.DEFAULT.maxLength(length));
        Observed seen =
                check(target, OptimizedLowering.certify(target, Level.SMALLEST).orThrow(), 6);
        assertThat(seen.inputs).isPositive();
    }

    /** A bound that is much worse than anything seen would be true and useless. */
    @Test
    void boundsAreNearTheErrors() {
        CompileTarget target =
                Targets.example(Targets.EXAMPLES.resolve("hist.rasp"), CompileOptions.DEFAULT.maxLength(160));
        CertifiedCircuit certified =
                OptimizedLowering.certify(target, Level.SMALLEST).orThrow();
        Observed seen = check(target, certified, 20);
        assertThat(seen.error).isLessThan(8e-13);
        assertThat(certified.certificate().numericError()).isLessThan(4e-12);
    }

    static Observed check(CompileTarget target, CertifiedCircuit certified, int inputs) {
        return check(target, certified, inputs, target.program().name());
    }

    private static Observed check(CompileTarget target, CertifiedCircuit certified, int inputs, String what) {
        var seen = new Observed(target, certified);
        Differential.inputs(target, inputs, 5).stream()
                .limit(inputs)
                .map(List::copyOf)
                .forEach(seen::add);
        assertThat(seen.error)
                .as(what)
                .isLessThanOrEqualTo(certified.certificate().numericError());
        assertThat(seen.leak)
                .as(what)
                .isLessThanOrEqualTo(certified.certificate().attentionLeak());
        assertThat(seen.margin)
                .as(what)
                .isGreaterThanOrEqualTo(certified.certificate().thresholdMargin());
        return seen;
    }
}
