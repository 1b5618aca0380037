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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sorts by running sums that are taken as count times mean: sums that are equal are keys that differ by an ulp where rounding has it so, as
 * 49 (1 / 49) is less than 1, and the order of positions is then another one.
 */
class RoundedSumsTest {
    private static final int LENGTH = 80;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "          | sort(indices, (indices + 1) * aggregate(select(indices, indices, <=), tokens_int))",
                "          | sort(indices, aggregate(select(indices, indices, <=), tokens_float) * (indices + 1))",
                "#@ causal | sort(indices, length * average(tokens_int))",
                "          | selector_width(select(t, t, <)) + 100 * selector_width(select(t, t, ==))",
                "          | aggregate(select(t, t, ==) and select(indices, indices, <), indices, -1)",
                "          | aggregate(select(t, 1, ==), indices, -1)"
            })
    void roundingOrdersEqualSums(String directive, String program) {
        String text = "#@ vocab [0, 1, 2]\n#@ max_length " + LENGTH + "\n" + (directive == null ? "" : directive)
                + "\nt = (indices + 1) * aggregate(select(indices, indices, <=), tokens_int);\nx = " + program + ";\n";
        CompileTarget target = Optimized.target(text, CompileOptions.DEFAULT);
        List<List<Value>> inputs = fewOnes();
        inputs.addAll(Differential.inputs(target, 40, 13));
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            assertThat(model.config().dModel()).isLessThan(1200);
            assertThat(Differential.firstMismatch(target, model, inputs))
                    .as(text + level)
                    .isEmpty();
        }
    }

    /** A sum stays what it is over many positions, each of which rounds it in its own way. */
    private static List<List<Value>> fewOnes() {
        var inputs = new ArrayList<List<Value>>();
        for (int ones = 1; ones < LENGTH; ones += 3) {
            var input = new ArrayList<Value>();
            for (int i = 0; i < LENGTH; i++) {
                input.add(Value.of(i < ones ? 1 + i % 2 : 0));
            }
            inputs.add(input);
        }
        return inputs;
    }
}
