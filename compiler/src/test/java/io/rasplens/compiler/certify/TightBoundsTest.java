package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that were refused for noise that is not there. */
class TightBoundsTest {
    private static final String ROUNDED = """
            #@ vocab [1, 2, 3]
            #@ max_length %d
            m = aggregate(full_s, tokens_int);
            y = m + %d - %d;
            """;

    /** Scores of ints are not rounded: a number that a width makes is a key or query for the next width. */
    @Test
    void widthOfAWidthIsPrecise() {
        assertError(1e-11, """
                #@ vocab ["x"]
                #@ max_length 2
                v2 = selector_width(select_next_identical((indices if tokens_bool else indices)));
                v3 = (v2 + 0 * indices);
                """);
        assertError(1e-10, """
                #@ vocab [True]
                #@ max_length 5
                v1 = (select(indices, length - 1, ==) and select(tokens_int, length, >=));
                v3 = count(selector_width(v1), 1);
                """);
    }

    @Test
    void meanByAWidthIsPrecise() {
        assertError(1e-9, """
                #@ vocab [True, 0, 3]
                #@ max_length 2
                last = select(indices, length - indices - 1, ==);
                v1 = ((last and full_s) or (last and not select((tokens_asis == True), (indices < 2), ==)));
                v3 = aggregate(((select(tokens_float, 2, >=) or (v1 and full_s)) and select(selector_width(v1), tokens_int, ==)), aggregate(select(True, (indices == 0), ==), 1, 100), 100);
                """);
    }

    @Test
    void gatedStepsInManyGroupsAreExact() {
        assertError(1e-13, """
                #@ vocab ["0", "1", "7"]
                #@ max_length 4
                self = select(indices, indices, ==);
                m = aggregate(full_s, tokens_float) + selector_width(select(indices, indices, >));
                v2 = selector_width(self or select(aggregate(self, 1), m, <));
                """);
    }

    /** However many steps make a one-hot, what it holds is 0 and 1. */
    @ParameterizedTest
    @CsvSource({"<, 64", "==, 64", "<=, 120"})
    void widthsOverOneHotsOfManyValuesArePrecise(String comparison, int length) {
        assertError(2e-12, String.format(Locale.ROOT, """
                #@ vocab [0, 1, 2]
                #@ max_length %d
                b = round(aggregate(select(indices, indices, <=), tokens_float) * 7);
                w = selector_width(select(b, b, %s));
                """, length, comparison));
    }

    @Test
    void widthsOverOneHotsOfWidthsArePrecise() {
        assertError(3e-12, """
                #@ vocab ["a", "b"]
                #@ max_length 160
                b = selector_width(select(tokens, tokens, ==));
                w = selector_width(select(b, b, <));
                """);
    }

    /** What is 0 may hold noise, but no more at every copy: where the number isn't 0 it is lost. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = aggregate(select(indices, indices - 1, ==), {\"a\": \"b\", \"b\": \"c\", \"c\": \"a\"}[t], \"c\")",
                "t = aggregate(select(indices, indices - 1, ==), t, \"c\") if tokens == \"a\" else t",
                "t = aggregate(select(t, tokens, ==) and select(indices, indices, ==), t, \"b\")"
            })
    void copiesOfCopiesThreeHundredDeepAreRight(String step) {
        Certificate certificate = certificate(String.format(Locale.ROOT, """
                #@ vocab ["a", "b", "c"]
                #@ max_length 4
                #@ output t
                t = tokens;
                for i in range(300) { %s; }
                """, step));
        assertThat(certificate.thresholdMargin()).isGreaterThan(0.49);
    }

    /** Steps of gap 1 stop what float32 leaves of a width, and scores of ints let little arise. */
    @ParameterizedTest
    @CsvSource({"most_freq, 1e-3", "shuffle_dyck3, 1e-3", "hist, 3e-4", "double_hist, 3e-3"})
    void floatsOfHalfTheDigitsAreBounded(String example, double error) {
        Certificate certificate =
                certificate(Targets.example(Targets.EXAMPLES.resolve(example + ".rasp"), CompileOptions.DEFAULT));
        assertThat(certificate.numericError32()).isLessThan(error);
    }

    /** What the program rounds and what the transformer rounds are one budget, of 1e-9, where the numbers are too many for marks. */
    @Test
    void roundingOfTheProgramItselfCountsInTheCertificate() {
        Certificate certificate = certificate(String.format(Locale.ROOT, ROUNDED, 5, 6000000, 6000000));
        assertThat(certificate.numericError()).isBetween(6e-10, 1e-9);
        var refused = OptimizedLowering.certify(
                Targets.source(String.format(Locale.ROOT, ROUNDED, 400, 60000000, 60000000)), Level.SMALLEST);
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Result.Failure.class,
                        failure -> assertThat(failure.diagnostics().toString())
                                .contains("NOT_PRECISE", "is rounded by up to", "use numbers of more similar sizes"));
    }

    private static void assertError(double most, String source) {
        assertThat(certificate(source).numericError()).isLessThan(most);
    }

    private static Certificate certificate(String source) {
        return certificate(Targets.source(source));
    }

    /** The certificate, held against what is seen. */
    private static Certificate certificate(CompileTarget target) {
        CertifiedCircuit certified =
                OptimizedLowering.certify(target, Level.SMALLEST).orThrow();
        CertifyCircuitTest.check(target, certified, 6);
        return certified.certificate();
    }
}
