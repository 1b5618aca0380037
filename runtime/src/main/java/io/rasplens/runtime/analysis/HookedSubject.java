package io.rasplens.runtime.analysis;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.List;

/** The hooked transformer under the verifier's eyes. */
final class HookedSubject implements Subject {
    private final HookedTransformer transformer;

    HookedSubject(HookedTransformer transformer) {
        this.transformer = transformer;
    }

    @Override
    public CompiledModel model() {
        return transformer.model();
    }

    @Override
    public double[][][] logits(List<int[]> ids) {
        Tensor logits = transformer.forward(transformer.tokens(ids.toArray(int[][]::new)));
        double[][][] out = new double[ids.size()][][];
        for (int b = 0; b < out.length; b++) {
            out[b] = rows(logits, b);
        }
        return out;
    }

    @Override
    public double[][] activation(int[] ids, String hook) {
        Tensor activation = transformer
                .runWithCache(transformer.tokens(ids), RunOptions.PLAIN.names(hook))
                .cache()
                .get(hook);
        return rows(activation, 0);
    }

    /** One input's rows of a {@code [batch, pos, width]} tensor. */
    private static double[][] rows(Tensor tensor, int batch) {
        int positions = tensor.size(1);
        int width = tensor.size(2);
        double[][] rows = new double[positions][];
        for (int p = 0; p < positions; p++) {
            rows[p] = tensor.toArray((batch * positions + p) * width, width);
        }
        return rows;
    }
}
