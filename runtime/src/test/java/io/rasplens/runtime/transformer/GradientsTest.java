package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against finite differences: an activation moved a little in a random direction, the number measured on both sides. */
class GradientsTest {
    private static final double STEP = 1e-5;
    private static final HookFilter EVERYTHING = HookFilter.where("everything", name -> true);
    private static final LogitMetric METRIC = LogitMetric.difference(0, 2, 1, 0);

    static Stream<Arguments> models() {
        return Arrays.stream(AttentionDirection.values())
                .flatMap(direction -> Arrays.stream(Normalization.values())
                        .flatMap(norm -> Arrays.stream(Activation.values()).map(activation -> {
                            var model = RandomModels.of(5, direction, norm, activation);
                            return Arguments.of(
                                    direction + " " + norm + " " + activation, HookedTransformer.load(model));
                        })));
    }

    private static TokenBatch batch(HookedTransformer model) {
        return model.encodeBatch(List.of(List.of("a", "b", "c", "a"), List.of("d", "b"), List.of("c", "c", "c")));
    }

    private static double measure(Tensor logits) {
        return logits.get(0, 2, 1) - logits.get(0, 2, 0);
    }

    /** Hidden scores stay hidden: -inf moved by anything is -inf. */
    private static Tensor direction(Random random, Tensor like) {
        return like.map(x -> random.nextGaussian());
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += a.at(i) * b.at(i);
        }
        return sum;
    }

    private static double slope(HookedTransformer model, HookName point, Tensor at, Tensor direction, RunOptions base) {
        double above = measure(
                model.forward(batch(model), base.hook(point, Hook.replaceWith(at.plus(direction.times(STEP))))));
        double below = measure(
                model.forward(batch(model), base.hook(point, Hook.replaceWith(at.minus(direction.times(STEP))))));
        return (above - below) / (2 * STEP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void everyGradientAgreesWithFiniteDifferences(String name, HookedTransformer model) {
        var random = new Random(3);
        GradientRun run = model.runWithGradients(batch(model), METRIC, RunOptions.PLAIN.names(EVERYTHING));

        assertThat(run.logits()).isEqualTo(model.forward(batch(model)));
        assertThat(run.gradients().names())
                .containsExactlyElementsOf(model.hooks().names());
        for (HookName point : model.hooks().names()) {
            Tensor at = run.cache().get(point);
            Tensor direction = direction(random, at);
            double expected = slope(model, point, at, direction, RunOptions.PLAIN);

            assertThat(dot(run.gradients().get(point), direction))
                    .as(point.text())
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void theyAgreeToldOfFewPointsOnly(String name, HookedTransformer model) {
        GradientRun all = model.runWithGradients(batch(model), METRIC, RunOptions.PLAIN.names(EVERYTHING));
        GradientRun few = model.runWithGradients(batch(model), METRIC, RunOptions.PLAIN.names("hook_embed", "z"));

        assertThat(few.gradients().names()).isEqualTo(few.cache().names()).hasSize(3);
        few.gradients()
                .activations()
                .forEach((point, gradient) -> assertThat(
                                gradient.maxDifference(all.gradients().get(point)))
                        .isLessThan(1e-12));
    }

    @Test
    void whatAHookPutInPlaceIsAConstant() {
        HookedTransformer model = HookedTransformer.load(
                RandomModels.of(5, AttentionDirection.CAUSAL, Normalization.RMS, Activation.GELU));
        var random = new Random(4);
        for (HookName edited : model.hooks().names()) {
            RunOptions options = RunOptions.PLAIN
                    .hook(edited, Hook.replace((x, point) -> x.times(0.5)))
                    .names(EVERYTHING);
            GradientRun run = model.runWithGradients(batch(model), METRIC, options);
            RunOptions frozen =
                    RunOptions.PLAIN.hook(edited, Hook.replaceWith(run.cache().get(edited)));

            for (HookName point : List.of(HookName.embed(), HookName.residMid(0), HookName.qInput(1), edited)) {
                Tensor at = run.cache().get(point);
                Tensor direction = direction(random, at);
                double expected = slope(model, point, at, direction, frozen);
                assertThat(dot(run.gradients().get(point), direction))
                        .as(point + " with " + edited + " edited")
                        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    @Test
    void backwardHooksFireAgainstTheOrderOfThePassAndWhatTheyPutInPlaceFlowsOn() {
        HookedTransformer model = HookedTransformer.load(RandomModels.plain(5, AttentionDirection.BIDIRECTIONAL));
        var fired = new ArrayList<HookName>();
        var inOrder = new ArrayList<>(model.hooks().names());
        Collections.reverse(inOrder);
        GradientRun plain = model.runWithGradients(
                batch(model),
                METRIC,
                new HookAssignment(EVERYTHING, Hook.observe((gradient, point) -> fired.add(point.name()))));
        assertThat(fired).containsExactlyInAnyOrderElementsOf(inOrder);
        assertThat(fired.indexOf(HookName.unembedOut())).isZero();
        assertThat(fired.indexOf(HookName.residPost(1))).isLessThan(fired.indexOf(HookName.residMid(1)));
        assertThat(fired.indexOf(HookName.z(0))).isLessThan(fired.indexOf(HookName.q(0)));
        assertThat(fired.get(fired.size() - 1)).isEqualTo(HookName.embed());

        GradientRun doubled = model.runWithGradients(
                batch(model),
                METRIC,
                HookAssignment.of(HookName.residPost(1), Hook.replace((gradient, point) -> gradient.times(2))));
        assertThat(doubled.gradients().get("embed"))
                .isEqualTo(plain.gradients().get("embed").times(2));
        assertThat(doubled.gradients().get("unembed.hook_in"))
                .isEqualTo(plain.gradients().get("unembed.hook_in"));

        GradientRun cut = model.runWithGradients(
                batch(model),
                METRIC,
                HookAssignment.of(HookName.residPre(0), Hook.replace((gradient, point) -> gradient.map(x -> 0))));
        assertThat(cut.gradients().get("embed").toArray()).containsOnly(0);
    }

    @Test
    void whatHasNoGradientIsRefused() {
        HookedTransformer model = HookedTransformer.load(RandomModels.plain(5, AttentionDirection.BIDIRECTIONAL));
        TokenBatch tokens = batch(model);

        assertThatThrownBy(() -> model.runWithGradients(tokens, METRIC, RunOptions.PLAIN.stopAt(1)))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.LAYER_OUT_OF_RANGE));
        assertThatThrownBy(() -> model.runWithGradients(tokens, logits -> logits.slice("batch", 0)))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE));
        assertThatThrownBy(() -> model.runWithGradients(
                        tokens, METRIC, HookAssignment.of("no_such_point", Hook.replaceWith(model.forward(tokens)))))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.UNKNOWN_HOOK));
        assertThatThrownBy(() -> model.runWithGradients(tokens, LogitMetric.logit(3, 0, 0)))
                .isInstanceOf(EngineException.class);
        assertThat(model.runWithGradients(tokens, LogitMetric.logit(2, 1, 2))
                        .gradients()
                        .logits()
                        .get(2, 1, 2))
                .isEqualTo(1);
    }
}
