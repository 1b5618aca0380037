package io.rasplens.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the parts of the stream add to a logit adds up to the logit, behind each norm. */
class LogitAttributionTest {
    private static ActivationCache cache(Normalization norm) {
        CompiledModel model = RandomModels.of(9, AttentionDirection.BIDIRECTIONAL, norm, Activation.GELU);
        HookedTransformer transformer = HookedTransformer.load(model);
        return transformer
                .runWithCache(transformer.encodeBatch(List.of(List.of("a", "c", "b"), List.of("d", "a", "d"))))
                .cache();
    }

    /** The logit without what no component has a part in: b_U, and with LN the norm's own bias. */
    private static double explained(ActivationCache cache, int input, int position, int output) {
        var weights = cache.model().weights();
        double rest = weights.unembedBias().get(output);
        if (cache.config().normalization() == Normalization.LN) {
            NormWeights norm = weights.lnFinal().orElseThrow();
            for (int d = 0; d < cache.config().dModel(); d++) {
                rest += norm.b().get(d) * weights.unembed().get(d, output);
            }
        }
        return cache.logits().get(input, position, output) - rest;
    }

    @ParameterizedTest
    @EnumSource
    void everyDecompositionAddsUpToTheLogit(Normalization norm) {
        ActivationCache cache = cache(norm);
        for (ComponentStack parts : List.of(cache.decomposeResid(), cache.fullDecomposition())) {
            for (int output = 0; output < 3; output++) {
                ComponentStack attributions = cache.logitAttributions(parts, output);

                assertThat(attributions.labels()).isEqualTo(parts.labels());
                Tensor sum = attributions.sum();
                assertThat(sum.shape()).containsExactly(2, 4);
                for (int input = 0; input < 2; input++) {
                    for (int position = 0; position < 4; position++) {
                        assertThat(sum.get(input, position))
                                .isCloseTo(explained(cache, input, position, output), within(1e-12));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWholeStreamHasTheWholeLogit(Normalization norm) {
        ActivationCache cache = cache(norm);
        Tensor last = cache.logitAttributions(cache.accumulatedResid(), 1).get("final_post");
        assertThat(last.get(1, 3)).isCloseTo(explained(cache, 1, 3, 1), within(1e-12));
    }

    @Test
    void anAnswersLogitIsFoundByItsValue() {
        ActivationCache cache = cache(Normalization.RMS);
        ComponentStack parts = cache.decomposeResid();
        for (int output = 0; output < 3; output++) {
            assertThat(cache.logitAttributions(parts, Value.of(output)).values())
                    .isEqualTo(cache.logitAttributions(parts, output).values());
        }
        assertThat(cache.logitAttributions(parts, Value.of(2.0)).values())
                .isEqualTo(cache.logitAttributions(parts, 2).values());
    }

    private static void refused(EngineCode code, String part, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.help()).as("a way out of: %s", e.message()).isPresent();
                })
                .hasMessageContaining(part);
    }

    @Test
    void whatHasNoLogitIsRefused() {
        ActivationCache cache = cache(Normalization.NONE);
        ComponentStack parts = cache.decomposeResid();
        refused(EngineCode.UNKNOWN_OUTPUT, "there is no logit 3", () -> cache.logitAttributions(parts, 3));
        refused(EngineCode.UNKNOWN_OUTPUT, "there is no logit -1", () -> cache.logitAttributions(parts, -1));
        refused(
                EngineCode.UNKNOWN_OUTPUT,
                "its answers are 0, 1, 2",
                () -> cache.logitAttributions(parts, Value.of("x")));
        refused(
                EngineCode.WRONG_SHAPE,
                "no stack of residual streams",
                () -> cache.logitAttributions(cache.stackActivation("pattern"), 0));
    }
}
