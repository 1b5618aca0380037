package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.lower.direct.DirectLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S-ops computed one from another a hundred thousand times. */
@Timeout(120)
class DeepChainsTest {
    private static final CompileOptions INPUTS = CompileOptions.DEFAULT
            .vocabulary(ImmutableList.of(Value.of(1), Value.of(2)))
            .maxLength(3);

    private static CompiledModel agrees(String source) {
        CompileTarget target = Optimized.target(source, INPUTS);
        List<List<Value>> inputs = List.of(
                List.of(Value.of(1)),
                List.of(Value.of(2), Value.of(1)),
                List.of(Value.of(1), Value.of(2), Value.of(2)));
        return Optimized.agrees(target, inputs, source);
    }

    @Test
    void sums_of_one_variable_are_one_lookup() {
        CompiledModel model = agrees("x = tokens_int; for i in range(100000) { x = x + 1; }");
        assertThat(model.config().nLayers()).isZero();
    }

    @Test
    void sums_of_several_variables_are_linear() {
        CompiledModel model = agrees("x = tokens_int; for i in range(100000) { x = x + indices; }");
        assertThat(model.config().nLayers()).isZero();
    }

    @Test
    void cases_of_one_variable_are_one_lookup() {
        CompiledModel model = agrees("x = tokens_int; for i in range(100000) { x = (x + 1) if x < 5 else (x - 3); }");
        assertThat(model.config().nLayers()).isZero();
    }

    @Test
    void cases_of_several_variables_are_one_hidden_layer() {
        CompiledModel model =
                agrees("x = tokens_int; for i in range(30000) { x = (x + indices) if x < 5 else (x - 3); }");
        assertThat(model.config().nLayers()).isEqualTo(1);
    }

    @Test
    void a_sum_over_what_is_no_sum_is_looked_at_once() {
        CompiledModel model =
                agrees("x = tokens_int * indices * indices; for i in range(100000) { x = x + 1; } x = x % 7;");
        assertThat(model.config().nLayers()).isEqualTo(1);
    }

    @Test
    void shared_summands_are_looked_at_once() {
        agrees("x = tokens_int + indices; for i in range(30) { x = x + x; }");
    }

    @Test
    void the_direct_layout_names_what_it_would_take() {
        CompileTarget target = Optimized.target(
                "x = tokens_int; for i in range(100000) { x = (x + 1) if x < 5 else (x - 3); }", INPUTS);
        Result<CompiledModel> result = new DirectLowering().lower(target);
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).code()).isEqualTo(CompileCode.MODEL_TOO_LARGE);
        assertThat(result.diagnostics().get(0).message()).contains("'x'", "layers");
    }
}
