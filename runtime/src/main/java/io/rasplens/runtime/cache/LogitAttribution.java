package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import java.util.Optional;
import java.util.stream.Collectors;

/** What components of the residual stream add to a logit: component·W_U, behind the final normalisation held at its scale. */
final class LogitAttribution {
    private final ActivationCache cache;
    private final TransformerConfig config;

    LogitAttribution(ActivationCache cache) {
        this.cache = cache;
        this.config = cache.config();
    }

    /** The logit of an output value. */
    int output(Value answer) {
        Optional<OutputDecoder> decoder = cache.model().decoder();
        if (decoder.isPresent() && decoder.get() instanceof OutputDecoder.Categorical categorical) {
            ImmutableList<Value> values = categorical.values();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).raspEquals(answer)) {
                    return i;
                }
            }
            throw new EngineException(
                    EngineCode.UNKNOWN_OUTPUT,
                    "the model never answers " + answer.repr(),
                    "its answers are " + values.stream().map(Value::repr).collect(Collectors.joining(", ")));
        }
        throw new EngineException(
                EngineCode.UNKNOWN_OUTPUT,
                "the model has no logit for each value",
                "ask for a logit by its number; a numerical output has only logit 0");
    }

    ComponentStack of(ComponentStack components, int output) {
        if (output < 0 || output >= config.dVocabOut()) {
            throw new EngineException(
                    EngineCode.UNKNOWN_OUTPUT,
                    "there is no logit " + output + ": the model has " + config.dVocabOut(),
                    "logits count from 0; name the answer itself instead, as a value");
        }
        int width = config.dModel();
        Tensor values = components.values();
        int rows = cache.tokens().size() * cache.tokens().positions();
        if (values.length() != components.size() * rows * width) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    Tensor.describe(values.axes()) + " is no stack of residual streams of this run",
                    "give what this cache decomposes: decomposeResid, stackHeadResults, fullDecomposition, …");
        }
        var out = new double[components.size() * rows];
        double[] direction = direction(output);
        for (int i = 0; i < out.length; i++) {
            double mean = isLayerNorm() ? mean(values, i * width) : 0;
            for (int d = 0; d < width; d++) {
                out[i] += (values.at(i * width + d) - mean) * direction[d];
            }
            if (config.normalization() != Normalization.NONE) {
                out[i] /= cache.get(HookName.lnFinalScale()).at(i % rows);
            }
        }
        var axes = ImmutableList.<Axis>of(
                new Axis("component", components.size()),
                new Axis("batch", cache.tokens().size()),
                new Axis("pos", cache.tokens().positions()));
        return new ComponentStack(components.labels(), Tensor.adopt(out, axes));
    }

    /** The column of W_U, with the final norm's gain. */
    private double[] direction(int output) {
        WeightMatrix unembed = cache.model().weights().unembed();
        var direction = new double[config.dModel()];
        for (int d = 0; d < direction.length; d++) {
            int dimension = d;
            double gain = cache.model()
                    .weights()
                    .lnFinal()
                    .map(norm -> norm.w().get(dimension))
                    .orElse(1.0);
            direction[d] = unembed.get(d, output) * gain;
        }
        return direction;
    }

    private boolean isLayerNorm() {
        return config.normalization() == Normalization.LN || config.normalization() == Normalization.LN_PRE;
    }

    private double mean(Tensor values, int from) {
        double sum = 0;
        for (int d = 0; d < config.dModel(); d++) {
            sum += values.at(from + d);
        }
        return sum / config.dModel();
    }
}
