package io.rasplens.runtime.transformer.backward;

import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.hook.HookName;
import java.util.Optional;

/**
 * The way back through a normalisation. With c the centred input (the input itself for RMS), s its scale and n = c/s:
 *
 * <pre>
 * ∂s = -Σ ∂n·c/s²        ∂c = ∂n/s + ∂s·c/(d·s)        ∂x = ∂c - mean(∂c)   (RMS: ∂c)
 * </pre>
 */
final class NormBackward {
    private final Normalization kind;
    private final double eps;
    private final int width;
    private final Optional<NormWeights> weights;
    private final GradientPoints points;
    private final HookName scaleName;
    private final HookName normalizedName;

    NormBackward(
            TransformerConfig config,
            Optional<NormWeights> weights,
            GradientPoints points,
            HookName scaleName,
            HookName normalizedName) {
        this.kind = config.normalization();
        this.eps = config.eps();
        this.width = config.dModel();
        this.weights = weights;
        this.points = points;
        this.scaleName = scaleName;
        this.normalizedName = normalizedName;
    }

    /**
     * Back through the norm that all readers share, its points open to hooks.
     *
     * @param read the gradient by what the readers read, {@code [batch, pos, dModel]}, taken over
     * @param x what was normalised
     */
    double[] apply(double[] read, double[] x) {
        if (kind == Normalization.NONE) {
            return read;
        }
        double[] normalized = read;
        if (!isLayerNorm()) {
            gain(normalized, 1);
        }
        normalized = points.pass(normalizedName, normalized);
        if (isLayerNorm()) {
            gain(normalized, 1);
        }
        double[] used = points.activation(scaleName);
        double[] centred = centred(x, 1);
        var scale = new double[points.rows()];
        for (int row = 0; row < scale.length; row++) {
            scale[row] = scaleGradient(normalized, centred, row, used[row]);
        }
        scale = points.pass(scaleName, scale);
        var out = new double[x.length];
        for (int row = 0; row < scale.length; row++) {
            back(normalized, centred, row, used[row], scale[row], out);
        }
        return out;
    }

    /**
     * Back through the norm that each head applies to an input of its own: out of reach of the hooks, by its own scale, or by
     * that of the shared stream where a hook has set it.
     *
     * @param read {@code [batch, pos, head, dModel]}, taken over
     */
    double[] applyToHeads(double[] read, double[] x, int heads) {
        if (kind == Normalization.NONE) {
            return read;
        }
        gain(read, heads);
        double[] shared = points.activation(scaleName);
        boolean edited = points.replaced(scaleName);
        double[] centred = centred(x, heads);
        var out = new double[x.length];
        for (int row = 0; row < points.rows() * heads; row++) {
            double used = edited ? shared[row / heads] : ownScale(centred, row);
            double scale = edited ? 0 : scaleGradient(read, centred, row, used);
            back(read, centred, row, used, scale, out);
        }
        return out;
    }

    private double scaleGradient(double[] normalized, double[] centred, int row, double used) {
        double sum = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            sum -= normalized[i] * centred[i] / (used * used);
        }
        return sum;
    }

    private void back(double[] normalized, double[] centred, int row, double used, double scale, double[] out) {
        double own = ownScale(centred, row);
        double mean = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            out[i] = normalized[i] / used + scale * centred[i] / (width * own);
            mean += out[i] / width;
        }
        for (int i = row * width; isLayerNorm() && i < (row + 1) * width; i++) {
            out[i] -= mean;
        }
    }

    private double ownScale(double[] centred, int row) {
        double squares = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            squares += centred[i] * centred[i];
        }
        return Math.sqrt(squares / width + eps);
    }

    private double[] centred(double[] x, int heads) {
        double[] out = x.clone();
        for (int row = 0; isLayerNorm() && row < points.rows() * heads; row++) {
            double sum = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                sum += x[i];
            }
            for (int i = row * width; i < (row + 1) * width; i++) {
                out[i] -= sum / width;
            }
        }
        return out;
    }

    private void gain(double[] gradient, int heads) {
        weights.ifPresent(w -> {
            for (int i = 0; i < points.rows() * heads * width; i++) {
                gradient[i] *= w.w().get(i % width);
            }
        });
    }

    private boolean isLayerNorm() {
        return kind == Normalization.LN || kind == Normalization.LN_PRE;
    }
}
