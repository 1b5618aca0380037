package io.rasplens.compiler.lower.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracr's layout divides numbers into one direction for each; what a direction can't tell apart, the program must not either. */
class DirectRoundingTest {
    private static final String NUMBERS = "#@ vocab [0.5, 1.5, -2.0]\n#@ max_length 4\n";

    private static Result<CompiledModel> compiled(String source) {
        return RaspCompiler.compile(
                SourceFile.of("test.rasp", source),
                CompileOptions.DEFAULT.level(Level.DIRECT),
                new MemoryLoader(ImmutableMap.of()));
    }

    @Test
    void numbersThatRoundingKeepsApartAreNotCompared() {
        String means = NUMBERS
                + "a = aggregate(full_s, tokens_float / (1 + indices));\n"
                + "b = aggregate(select(indices, 1, <=), tokens_float);\n";

        assertThat(compiled(means + "x = selector_width(select(a, b, !=));").diagnostics())
                .extracting(each -> each.code())
                .containsExactly(CompileCode.VALUES_TOO_CLOSE);
        assertThat(compiled(means + "x = selector_width(select(round(a), round(b), !=));"))
                .isInstanceOf(Result.Success.class);
    }

    /** 0.1 + 0.1 + 0.1 is not 3 * 0.1, so one number need not be its own mean. */
    @Test
    void theMeanOfOneNumberMayBeItsNeighbour() {
        String one = "#@ max_length 8\nm = aggregate(full_s, tokens_float);\n";

        assertThat(compiled("#@ vocab [0.1]\n" + one + "x = m > 0.1;").diagnostics())
                .extracting(each -> each.code())
                .containsExactly(CompileCode.VALUES_TOO_CLOSE);
        assertThat(compiled("#@ vocab [0.5]\n" + one + "x = m > 0.5;")).isInstanceOf(Result.Success.class);
    }

    /** What is a function of it may be a neighbour too, and a copy and a function of those. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1 >= p",
                "(p + 0) == 0.1",
                "aggregate(select(indices, 0, ==), p, \"x\") == 0.1",
                "p * p > 0.010000000000000002"
            })
    void aFunctionOfNumbersThatRoundingKeepsApartIsNotComparedEither(String comparison) {
        String means =
                "#@ vocab [\"a\"]\n#@ max_length 4\np = aggregate(full_s, 0.1) * aggregate(select(tokens, \"a\", ==), indices);\n";

        assertThat(compiled(means + "x = " + comparison + ";").diagnostics())
                .extracting(each -> each.code())
                .containsExactly(CompileCode.VALUES_TOO_CLOSE);
        assertThat(compiled(means + "x = round(1000 * p) > 33;")).isInstanceOf(Result.Success.class);
    }

    @ParameterizedTest
    @CsvSource({"True, VALUES_TOO_CLOSE", "1, ", "1.0, "})
    void aBoolAmongNumbersIsNotTakenForOne(String value, CompileCode refusal) {
        Result<CompiledModel> result = compiled("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                one = aggregate(select(tokens, "b", ==), %s if indices == 0 else 1, 1);
                x = one if indices == 0 else 1;
                """.formatted(value));

        assertThat(result.diagnostics())
                .extracting(each -> each.code())
                .isEqualTo(refusal == null ? java.util.List.of() : java.util.List.of(refusal));
    }

    /** The one-hot that a copy beside a string is made as would have to tell 0 from False, which the number does not. */
    @ParameterizedTest
    @CsvSource({"False, OUTSIDE_DIRECT", "True, OUTSIDE_DIRECT", "0, ", "3, "})
    void aNumberThatMayBeABoolIsNotCopiedAsAOneHot(String fallback, CompileCode refusal) {
        Result<CompiledModel> result = compiled("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                mean = aggregate(select(tokens, "a", ==), indices, %s);
                x = aggregate(select(tokens, "b", ==) and select(indices, 0, ==), mean, "none");
                """.formatted(fallback));

        assertThat(result.diagnostics())
                .extracting(each -> each.code())
                .isEqualTo(refusal == null ? java.util.List.of() : java.util.List.of(refusal));
    }

    /** A string times True is that string, times 1.0 it is a failure, and one direction stands for both. */
    @ParameterizedTest
    @ValueSource(strings = {"flag * tokens", "(\"b\" * flag) + tokens", "tokens_bool and flag"})
    void whatOnlyABoolCanBeIsFoundBehindItsNumber(String expression) {
        CompileTarget target = RaspCompiler.elaborate(
                        SourceFile.of("test.rasp", """
                        #@ vocab ["a", ""]
                        #@ max_length 3
                        flag = aggregate(select(indices, indices, >=), (indices < 2) if tokens_bool else -1);
                        x = %s;
                        """.formatted(expression)), new MemoryLoader(ImmutableMap.of()))
                .then(elaborated -> RaspCompiler.elaborateTarget(elaborated, CompileOptions.DEFAULT))
                .orThrow();

        assertThat(Differential.firstMismatch(
                        target, new DirectLowering().lower(target).orThrow(), Differential.inputs(target, 100, 1)))
                .isEmpty();
    }

    /** Beside a million million a direction keeps no halves: they must not be rounded to one of the list. */
    @Test
    void smallNumbersAreNotLostBesideLargeOnes() {
        String squares = """
                #@ vocab [0, 1, 1000000]
                #@ max_length 3
                mean = aggregate(select(tokens, tokens, <=), tokens_float * tokens_int);
                """;

        assertThat(compiled(squares + "x = mean;").diagnostics())
                .extracting(each -> each.code())
                .containsExactly(CompileCode.NOT_PRECISE);
        assertThat(compiled(squares + "x = aggregate(select(indices, 0, ==), mean) == 1;")
                        .diagnostics())
                .isNotEmpty();
    }
}
