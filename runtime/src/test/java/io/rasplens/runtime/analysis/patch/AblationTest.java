package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
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

    private final HookedTransformer random =
            HookedTransformer.load(RandomModels.plain(5, AttentionDirection.BIDIRECTIONAL));

    /** Two inputs of each length, so that there is one other that a part can be taken from. */
    private static final List<List<Value>> PAIRS = List.of(
            letters("a"),
            letters("d"),
            letters("ab"),
            letters("cd"),
            letters("abc"),
            letters("dba"),
            letters("abcd"),
            letters("ddca"),
            letters("aabbc"),
            letters("cadbd"));

    private static List<Value> letters(String text) {
        return text.chars()
                .<Value>mapToObj(c -> Value.of(String.valueOf((char) c)))
                .toList();
    }

    private static Tensor instead(Tensor of, AblationMethod method) {
        Tensor first = of.slice("batch", 0);
        Tensor second = of.slice("batch", 1);
        return switch (method) {
            case ZERO -> Tensor.zeros(of.axes());
            case MEAN -> {
                Tensor mean = first.plus(second).times(0.5);
                yield of.withSlice("batch", 0, mean).withSlice("batch", 1, mean);
            }
            case RESAMPLE -> of.withSlice("batch", 0, second).withSlice("batch", 1, first);
        };
    }

    /** Each head and MLP of a model by hand, each answer counted. */
    @ParameterizedTest
    @EnumSource
    void partsAreTakenAwayOneByOne(AblationMethod method) {
        for (long seed = 0; seed < 4; seed++) {
            List<Ablation.AblationResult> results = Ablation.all(random, PAIRS, method, seed);
            assertThat(results)
                    .extracting(result -> result.id() + " " + result.kind())
                    .containsExactly(
                            "blocks.0.attn.head.0 head",
                            "blocks.0.attn.head.1 head",
                            "blocks.0.attn.head.2 head",
                            "blocks.0.mlp mlp",
                            "blocks.1.attn.head.0 head",
                            "blocks.1.attn.head.1 head",
                            "blocks.1.mlp mlp");
            for (Ablation.AblationResult result : results) {
                assertThat(result.agreement()).as(result.id()).isEqualTo(byHand(result.id(), method));
            }
        }
        assertThat(Ablation.all(random, PAIRS, method, 0)).anyMatch(result -> result.agreement() < 1);
    }

    private double byHand(String id, AblationMethod method) {
        Component part = Component.parse(random.model(), id);
        RunOptions options = part.kind() == Component.ComponentKind.MLP
                ? RunOptions.PLAIN.hook(part.output(), Hook.replace((out, point) -> instead(out, method)))
                : RunOptions.PLAIN.hook(
                        HookName.z(part.layer()),
                        Hook.replace((z, point) ->
                                z.withSlice("head", part.head(), instead(z.slice("head", part.head()), method))));
        int same = 0;
        int all = 0;
        for (int pair = 0; pair < PAIRS.size(); pair += 2) {
            TokenBatch tokens = random.encodeBatch(PAIRS.subList(pair, pair + 2));
            var whole = random.decode(random.forward(tokens), tokens);
            var without = random.decode(random.forward(tokens, options), tokens);
            for (int row = 0; row < 2; row++) {
                for (int p = 0; p < whole.get(row).size(); p++) {
                    same += whole.get(row).get(p).equals(without.get(row).get(p)) ? 1 : 0;
                    all++;
                }
            }
        }
        return (double) same / all;
    }

    /** One input of its length is taken from itself, and of several none is. */
    @Test
    void oneInputOfItsLengthIsLeftAsItIs() {
        assertThat(Ablation.all(random, List.of(letters("abc"), letters("ab")), AblationMethod.RESAMPLE, 1))
                .allSatisfy(result -> assertThat(result.agreement()).isEqualTo(1));
        List<List<Value>> three = List.of(letters("abc"), letters("dba"), letters("cca"));
        for (long seed = 0; seed < 8; seed++) {
            assertThat(Ablation.all(random, three, AblationMethod.RESAMPLE, seed))
                    .anyMatch(result -> result.agreement() < 1);
        }
    }

    @Test
    void withoutInputsThereIsNothingToCompare() {
        assertThatThrownBy(() -> Ablation.all(model, List.of(), AblationMethod.ZERO, 1))
                .isInstanceOf(EngineException.class);
    }
}
