package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AblationTest {
    private final CompiledProgram reverse = CompiledProgram.example("reverse", 0);
    private final HookedTransformer model = reverse.transformer();
    private final List<ImmutableList<Value>> inputs = reverse.inputs(60);

    private static double agreement(List<Ablation.AblationResult> results, String id) {
        return results.stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow()
                .agreement();
    }

    @Test
    void countsTheAnswersThatStayWithoutAHead() {
        List<Ablation.AblationResult> results = Ablation.all(model, inputs, AblationMethod.ZERO, 1);
        long same = 0;
        long all = 0;
        for (List<Value> input : inputs) {
            TokenBatch tokens = model.encode(input);
            Tensor logits = model.forward(
                    tokens, RunOptions.PLAIN.hook(HookName.z(3), Hook.replace((z, point) -> Tensor.zeros(z.axes()))));
            List<Value> without = model.decode(logits, tokens).get(0);
            List<Value> with = model.run(input);
            for (int i = 0; i < input.size(); i++) {
                same += with.get(i).equals(without.get(i)) ? 1 : 0;
                all++;
            }
        }

        assertThat(agreement(results, "blocks.3.attn.head.0"))
                .isEqualTo((double) same / all)
                .isLessThan(0.6);
        assertThat(results).extracting(Ablation.AblationResult::kind).contains("head", "mlp", "sop");
        assertThat(agreement(results, "length")).isLessThan(0.9);
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodLeavesTheModelAsItWasAndSharesBetweenNothingAndAll(AblationMethod method) {
        Tensor before = model.forward(model.encode(List.of(1, 2, 3)));
        List<Ablation.AblationResult> results = Ablation.all(model, inputs, method, 3);

        assertThat(results).allSatisfy(result -> assertThat(result.agreement()).isBetween(0.0, 1.0));
        assertThat(results).isEqualTo(Ablation.all(model, inputs, method, 3));
        assertThat(model.forward(model.encode(List.of(1, 2, 3)))).isEqualTo(before);
        assertThat(model.hooks().size()).isZero();
    }

    @Test
    void whatIsTheSameOnAllInputsOfALengthCanBeTakenForItsMean() {
        List<Ablation.AblationResult> mean = Ablation.all(model, inputs, AblationMethod.MEAN, 1);

        assertThat(agreement(mean, "length"))
                .as("all inputs of a row have one length")
                .isEqualTo(1);
        assertThat(agreement(mean, "blocks.3.attn.head.0")).isLessThan(1);
        assertThat(agreement(Ablation.all(model, inputs, AblationMethod.RESAMPLE, 1), "opposite"))
                .isEqualTo(1);
    }

    @Test
    void withoutInputsThereIsNothingToCompare() {
        assertThatThrownBy(() -> Ablation.all(model, List.of(), AblationMethod.ZERO, 1))
                .isInstanceOf(EngineException.class);
    }
}
