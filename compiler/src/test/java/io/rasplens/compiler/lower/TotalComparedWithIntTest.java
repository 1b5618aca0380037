package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sum taken as count times mean misses an int it is equal to by an ulp, here and there: 49 (1 / 49) is less than 1, 21 (23 / 21) more than 23. */
class TotalComparedWithIntTest {
    private static final int LENGTH = 50;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "length * average(tokens_int) <= indices",
                "length * average(tokens_int) == indices",
                "indices < length * average(tokens_int)",
                "length * average(tokens_int) >= indices",
                "length * average(tokens_int) > indices",
                "length * average(tokens_int) == 1",
                "length * average(tokens_float) < 2.0",
                "1 <= average(tokens_int) * length",
                "(indices + 1) * aggregate(select(indices, indices, <=), tokens_int) == count(tokens, 1)",
                "7 if length * average(2 * tokens_int) > indices + 23 else 3"
            })
    void roundingDecidesAsInTheProgram(String comparison) {
        String text = "#@ vocab [0, 1]\n#@ max_length " + LENGTH + "\nx = " + comparison + ";\n";
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompileTarget target = Optimized.target(text, CompileOptions.DEFAULT);
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            assertThat(Differential.firstMismatch(target, model, everySum()))
                    .as(text + level)
                    .isEmpty();
        }
    }

    /** For each length from which on products miss sums, each sum. */
    private static List<List<Value>> everySum() {
        var inputs = new ArrayList<List<Value>>();
        for (int n : new int[] {1, 2, 11, 13, 21, 25, 42, 49, 50}) {
            for (int ones = 0; ones <= n; ones++) {
                var input = new ArrayList<Value>();
                for (int i = 0; i < n; i++) {
                    // Spread, so that sums over a part differ.
                    input.add(Value.of((i + 1) * ones / n - i * ones / n));
                }
                inputs.add(input);
            }
        }
        return inputs;
    }
}
