package io.rasplens.examples;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.LogitMetric;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Signs of edits that together push one hidden unit through its threshold: those of the gradient of what it reads by every entry of the
 * residual stream, attention and all. Behind saturated steps the logits' own gradient is 0.
 */
final class UnitPushes {
    /** Units at positions that are looked at in each layer, those nearest to their thresholds. */
    private static final int NEAREST = 60;

    /** And pushed, those that the smallest edits bring there. */
    private static final int PUSHED = 6;

    private final HookedTransformer transformer;
    private final double[] ranges;

    /** @param ranges of the stream's coordinates */
    UnitPushes(HookedTransformer transformer, double[] ranges) {
        this.transformer = transformer;
        this.ranges = ranges.clone();
    }

    /** @param distance of the unit from its threshold, in parts of what an edit of size 1 moves it by */
    private record Push(double distance, ImmutableMap<HookName, Tensor> signs) {}

    /** For each push the signs at each hook point, {@code [batch, pos, d_model]}. */
    ImmutableList<ImmutableMap<HookName, Tensor>> of(TokenBatch tokens) {
        ImmutableList.Builder<ImmutableMap<HookName, Tensor>> pushes = ImmutableList.builder();
        for (int layer = 0; layer < transformer.config().nLayers(); layer++) {
            HookName units = HookName.pre(layer);
            if (transformer.hooks().names().contains(units)) {
                Tensor read = transformer
                        .runWithCache(tokens, RunOptions.PLAIN.names(units.text()))
                        .cache()
                        .get(units);
                nearest(read).stream()
                        .map(unit -> push(tokens, units, read, unit))
                        .sorted(Comparator.comparingDouble(Push::distance))
                        .limit(PUSHED)
                        .forEach(push -> pushes.add(push.signs()));
            }
        }
        return pushes.build();
    }

    private static List<Integer> nearest(Tensor read) {
        return IntStream.range(0, read.length())
                .filter(i -> read.at(i) != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(read.at(i))))
                .limit(NEAREST)
                .toList();
    }

    private Push push(TokenBatch tokens, HookName units, Tensor read, int unit) {
        double[] seed = new double[read.length()];
        seed[unit] = -Math.signum(read.at(unit));
        ActivationCache gradients = transformer
                .runWithGradients(
                        tokens,
                        LogitMetric.logit(0, 0, 0),
                        RunOptions.PLAIN.names(StreamEdits.POINTS),
                        HookAssignment.of(units, Hook.replaceWith(Tensor.of(seed, read.axes()))))
                .gradients();
        ImmutableMap.Builder<HookName, Tensor> signs = ImmutableMap.builder();
        double moved = 0;
        for (Map.Entry<HookName, Tensor> point : gradients.activations().entrySet()) {
            Tensor gradient = point.getValue();
            for (int i = 0; i < gradient.length(); i++) {
                moved += Math.abs(gradient.at(i)) * ranges[i % ranges.length];
            }
            signs.put(point.getKey(), gradient.map(Math::signum));
        }
        return new Push(moved == 0 ? Double.POSITIVE_INFINITY : Math.abs(read.at(unit)) / moved, signs.buildOrThrow());
    }
}
