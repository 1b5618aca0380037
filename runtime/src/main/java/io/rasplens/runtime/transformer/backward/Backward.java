package io.rasplens.runtime.transformer.backward;

import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.arithmetic.ActivationFunction;
import io.rasplens.runtime.transformer.forward.TransformerBlock;
import org.ejml.data.DMatrixSparseCSC;

/**
 * The way back through the model: from the gradient by the logits to that by every activation. All arrays are rectangular rows,
 * {@code [batch, pos, …]}; nothing here is in a hurry.
 */
public final class Backward {
    private final TransformerConfig config;
    private final Weights weights;
    private final GradientPoints points;

    public Backward(TransformerConfig config, Weights weights, GradientPoints points) {
        this.config = config;
        this.weights = weights;
        this.points = points;
    }

    /**
     * Takes a gradient from the logits back to the embedding, through each point on the way.
     *
     * @param logits the gradient by the logits {@code [batch, pos, dVocabOut]}
     */
    public void run(double[] logits) {
        double[] out = points.pass(HookName.unembedOut(), logits);
        double[] read = points.pass(
                HookName.unembedIn(), transposed(weights.unembed(), out, config.dVocabOut(), config.dModel()));
        double[] last = lastStream();
        var norm = new NormBackward(
                config, weights.lnFinal(), points, HookName.lnFinalScale(), HookName.lnFinalNormalized());
        double[] stream = norm.apply(read, last);
        for (int layer = config.nLayers() - 1; layer >= 0; layer--) {
            stream = points.pass(HookName.residPost(layer), stream);
            LayerWeights layerWeights = weights.layers().get(layer);
            double[] mid = TransformerBlock.sum(stream, mlp(layer, layerWeights, stream));
            mid = points.pass(HookName.residMid(layer), mid);
            double[] more = new AttentionBackward(config, points, layer, layerWeights).apply(mid);
            stream = points.pass(HookName.residPre(layer), TransformerBlock.sum(mid, more));
        }
        points.pass(HookName.posEmbed(), stream.clone());
        points.pass(HookName.embed(), stream.clone());
    }

    private double[] lastStream() {
        return config.nLayers() == 0
                ? TransformerBlock.sum(points.activation(HookName.embed()), points.activation(HookName.posEmbed()))
                : points.activation(HookName.residPost(config.nLayers() - 1));
    }

    /** From the gradient by what the MLP adds to that by what it reads. */
    private double[] mlp(int layer, LayerWeights layerWeights, double[] added) {
        double[] out = points.pass(HookName.mlpOut(layer), added.clone());
        double[] hidden = points.pass(
                HookName.post(layer), transposed(layerWeights.mlp().wOut(), out, config.dModel(), config.dMlp()));
        double[] before = points.activation(HookName.pre(layer));
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] *= ActivationFunction.slope(config.activation(), before[i]);
        }
        hidden = points.pass(HookName.pre(layer), hidden);
        double[] read = transposed(layerWeights.mlp().wIn(), hidden, config.dMlp(), config.dModel());
        var norm = new NormBackward(
                config, layerWeights.ln2(), points, HookName.ln2Scale(layer), HookName.ln2Normalized(layer));
        return points.pass(HookName.mlpIn(layer), norm.apply(read, points.activation(HookName.mlpIn(layer))));
    }

    /**
     * gradient·Wᵀ, row by row.
     *
     * @param width numbers in a row of the gradient, those beyond W's columns left out
     * @param full numbers in a row of the result, at least as many as W has rows
     */
    private double[] transposed(WeightMatrix w, double[] gradient, int width, int full) {
        var out = new double[points.rows() * full];
        for (int row = 0; row < points.rows(); row++) {
            addTransposed(w, gradient, row * width, out, row * full);
        }
        return out;
    }

    /** out += gradient·Wᵀ for one row. */
    static void addTransposed(WeightMatrix w, double[] gradient, int from, double[] out, int to) {
        DMatrixSparseCSC csc = w.csc();
        for (int column = 0; column < csc.numCols; column++) {
            double factor = gradient[from + column];
            for (int n = csc.col_idx[column]; n < csc.col_idx[column + 1] && factor != 0; n++) {
                out[to + csc.nz_rows[n]] += factor * csc.nz_values[n];
            }
        }
    }
}
