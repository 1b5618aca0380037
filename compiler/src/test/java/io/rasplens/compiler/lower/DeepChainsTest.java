package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.direct.DirectLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static void refused(Result<?> result, String... words) {
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).code()).isEqualTo(CompileCode.MODEL_TOO_LARGE);
        assertThat(result.diagnostics().get(0).message()).contains(words);
    }

    private static String chain(int length, String start, String step) {
        return start + " for i in range(" + length + ") { " + step + " }";
    }

    @Test
    void sums_of_one_variable_are_one_lookup() {
        CompiledModel model = agrees(chain(100_000, "x = tokens_int;", "x = x + 1;"));
        assertThat(model.config().nLayers()).isZero();
    }

    @Test
    void cases_of_one_variable_are_one_lookup() {
        CompiledModel model = agrees(chain(100_000, "x = indices;", "x = (x + 1) if x < 2 else (x - 2);"));
        assertThat(model.config().nLayers()).isZero();
    }

    @Test
    void ten_thousand_cases_of_several_variables_are_one_hidden_layer() {
        CompiledModel model = agrees(chain(10_000, "x = tokens_int;", "x = (x + indices) if x < 5 else (x - 3);"));
        assertThat(model.config().nLayers()).isEqualTo(1);
    }

    @Test
    void dependent_aggregates_beyond_the_limit_of_layers_are_refused() {
        CompileTarget target = Optimized.target(
                chain(10_000, "x = tokens; s = select(indices, length - 1 - indices, ==);", "x = aggregate(s, x);"),
                INPUTS);
        refused(new OptimizedLowering(Level.SMALLEST).lower(target), "'x'", "4096 layers");
    }

    @Test
    void three_hundred_dependent_aggregates_compile() {
        CompiledModel model = agrees(chain(
                300, "x = tokens_int;", "x = (aggregate(select(indices, indices - 1, ==), x) + tokens_int) % 3;"));
        assertThat(model.config().nLayers()).isEqualTo(300);
    }

    @Test
    void selectors_combined_often_are_a_formula_of_few_selects() {
        agrees(chain(
                        20_000,
                        "s = select(tokens, tokens, ==); a = select(indices, indices, <);",
                        "s = (s and a) or (not s);")
                + " y = selector_width(s);");
    }

    @Test
    void shared_summands_are_looked_at_once() {
        agrees(chain(30, "x = tokens_int + indices;", "x = x + x;"));
    }

    @Test
    void the_direct_layout_names_what_it_would_take() {
        CompileTarget target =
                Optimized.target(chain(20_000, "x = tokens_int;", "x = (x + 1) if x < 5 else (x - 3);"), INPUTS);
        refused(new DirectLowering().lower(target), "'x'", "at least 4097 layers");
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(
            strings = {
                "x = x + indices;",
                "x = (x + indices) if x < 5 else (x - 3);",
                "x = (x + 1) % 5;",
                "x = indices if x == tokens_int else x;",
                "x = indicator(x < indices);",
                "x = [1, 2, 0, 0][x % 3];",
                "x = x + (i % 3) * tokens_int;"
            })
    void hundred_thousand_steps_over_the_inputs_compile(String step) {
        agrees(chain(100_000, "x = tokens_int;", step));
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(
            strings = {
                "b = not b;",
                "b = (b and (indices == 1)) or (not b);",
                "b = (b == (indices < 2));",
            })
    void hundred_thousand_truth_values_compile(String step) {
        agrees(chain(100_000, "b = tokens == 1;", step));
    }

    @Test
    @Tag("long")
    void hundred_thousand_steps_over_what_attention_brings_compile() {
        agrees(chain(100_000, "h = selector_width(select(tokens, tokens, ==)); x = h;", "x = (x + h) % 4;"));
        agrees(chain(100_000, "x = tokens_int * indices * indices;", "x = x + 1;") + " x = x % 7;");
    }

    @Test
    @Tag("long")
    void hundred_thousand_calls_compile() {
        agrees("def f(v) { return v + 1; } " + chain(100_000, "x = tokens_int;", "x = f(x);"));
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(
            strings = {
                "x = aggregate(select(indices, indices - 1, ==), x, 1);",
                "x = aggregate(select(x, indices, ==), x, 1);",
                "x = selector_width(select(x, x, ==));"
            })
    void hundred_thousand_dependent_attention_steps_are_refused(String step) {
        refused(
                new OptimizedLowering(Level.SMALLEST)
                        .lower(Optimized.target(chain(100_000, "x = tokens_int;", step), INPUTS)),
                "'x'");
    }

    @Test
    @Tag("long")
    void three_thousand_s_ops_of_many_cases_compile() {
        agrees(chain(
                1_000,
                "x = tokens_int; h = selector_width(select(tokens, tokens, ==));",
                "x = (x + h) if x < i % 7 else (x - indices) % 5;"));
    }
}
