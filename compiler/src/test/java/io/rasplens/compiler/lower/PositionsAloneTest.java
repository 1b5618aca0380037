package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attention makes of positions alone, on inputs so long that means could be too many to list. */
class PositionsAloneTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aggregate(select(indices, indices, <=), indices * indices)                  | Index",
                "aggregate(select(indices, indices, <=), indices) * (indices + 1) % 7        | Index",
                "average(-indices)                                                           | Length",
                "selector_width(select(indices, length / 3, <=)) + average(indices)          | Length"
            })
    void theyAreListedByWhatMakesADifference(String text, String variable) {
        CompileTarget target = target("x = " + text + ";");
        Inference inference = ValueInference.infer(target).orThrow();

        assertThat(inference.table(target.program().output()).orElseThrow().variables())
                .extracting(v -> v.getClass().getSimpleName())
                .containsExactly(variable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = sort(tokens, (indices + 1) * aggregate(select(indices, indices, <=), indices));",
                "x = average(-indices) > -indices;",
                "#@ causal\nx = round(2 * average(indices)) % 3;"
            })
    void theyAreAnswered(String text) {
        CompileTarget target = target(text);
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, 8, 3)))
                    .as(text)
                    .isEmpty();
        }
    }

    private static CompileTarget target(String text) {
        return Optimized.target("#@ vocab [\"a\", \"b\"]\n#@ max_length 400\n" + text, CompileOptions.DEFAULT);
    }
}
