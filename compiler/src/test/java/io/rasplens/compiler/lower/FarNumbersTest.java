package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of very different sizes: an error is measured by the number that is expected, and not by the greatest there could be. */
class FarNumbersTest {
    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void meansOverTwoSelectorsAreRightForSmallNumbersBesideLargeOnes(Level level) {
        agrees(level, """
                #@ vocab [0, 1, 1000000]
                #@ max_length 5
                z = aggregate(select(tokens, tokens, ==) or select(indices, indices, <), tokens_int);
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void fewSumsOverAWideRangeAreListed(Level level) {
        agrees(level, """
                #@ vocab [1, 2, 50000]
                #@ max_length 3
                z = round(2 * average(tokens_int));
                """);
    }

    /** Keys that are not selected weigh next to nothing beside the least of what is added up, however great their own numbers are. */
    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void sumsOfFarApartNumbersAreKeys(Level level) {
        agrees(level, """
                #@ vocab [0, 1, 1000000]
                #@ max_length 4
                z = sort(tokens, (indices + 1) * aggregate(select(indices, indices, <=), tokens_int));
                """);
        agrees(level, """
                #@ vocab [-1000000, 1, 3, 10000000]
                #@ max_length 3
                z = sort(tokens_int, length * average(tokens_int));
                """);
        agrees(level, """
                #@ vocab [0, 1, 1000000]
                #@ max_length 8
                z = length * average(tokens_int) >= 3;
                """);
        agrees(level, """
                #@ vocab [1, 2, 50000]
                #@ max_length 8
                z = 1000 * count(tokens_int, 2) + count(tokens_int, 1) > 2002;
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void eitherOrButNotBothIsAveragedOnLongInputs(Level level) {
        agrees(level, """
                #@ vocab ["a", "b", "c"]
                #@ max_length 100
                a = select(tokens, tokens, ==);
                b = select(indices, indices, <);
                z = aggregate((a and not b) or (b and not a), indices);
                """);
    }

    private static void agrees(Level level, String source) {
        CompileTarget target = Optimized.target(source, CompileOptions.DEFAULT);
        CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
        assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, 400, 3)))
                .isEmpty();
    }
}
