package io.rasplens.runtime.transformer;

import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.hook.HookName;
import java.util.Optional;

/**
 * The normalisation in front of a reader of the residual stream.
 *
 * <pre>
 * LN       x' = x - mean(x),  scale = sqrt(mean(x'^2) + eps),  x'/scale * w + b
 * LNPre    the same without w and b
 * RMS      scale = sqrt(mean(x^2) + eps),  x/scale * w
 * RMSPre   the same without w
 * </pre>
 *
 * As in TransformerLens {@code hook_normalized} comes after the gain with LN, before it with RMS.
 */
final class Norm {
    private final Normalization kind;
    private final double eps;
    private final int width;
    private final Optional<NormWeights> weights;

    Norm(TransformerConfig config, Optional<NormWeights> weights) {
        this.kind = config.normalization();
        this.eps = config.eps();
        this.width = config.dModel();
        this.weights = weights;
    }

    /** What the reader reads, and what each row was divided by: of itself, and after hooks had their say. */
    static final class Normalized {
        private final double[] values;
        private final double[] ownScales;
        private final double[] usedScales;

        private Normalized(double[] values, double[] ownScales, double[] usedScales) {
            this.values = values;
            this.ownScales = ownScales;
            this.usedScales = usedScales;
        }

        double[] values() {
            return values;
        }
    }

    /** Normalises rows {@code [rows, dModel]}, with the points {@code scale} and {@code normalized} open to hooks. */
    Normalized apply(Run run, HookName scale, HookName normalized, double[] x) {
        if (kind == Normalization.NONE) {
            return new Normalized(x, new double[0], new double[0]);
        }
        int rows = x.length / width;
        var out = x.clone();
        var own = new double[rows];
        for (int row = 0; row < rows; row++) {
            centre(out, row * width);
            own[row] = scale(out, row * width);
        }
        double[] used = run.hooked(scale, own);
        for (int row = 0; row < rows; row++) {
            divide(out, row * width, used[row]);
        }
        if (isLayerNorm()) {
            gainAll(out);
        }
        double[] seen = run.hooked(normalized, out);
        if (!isLayerNorm() && weights.isPresent()) {
            seen = seen.clone();
            gainAll(seen);
        }
        return new Normalized(seen, own, used);
    }

    /**
     * Normalises one row at {@code offset} in place, out of reach of the hooks, by its own scale; or by the row's scale of the
     * shared stream where a hook has set that one.
     */
    void applyTo(double[] x, int offset, int row, Normalized shared) {
        if (kind == Normalization.NONE) {
            return;
        }
        centre(x, offset);
        boolean edited = shared.ownScales[row] != shared.usedScales[row];
        divide(x, offset, edited ? shared.usedScales[row] : scale(x, offset));
        weights.ifPresent(w -> gain(x, offset, w));
    }

    private boolean isLayerNorm() {
        return kind == Normalization.LN || kind == Normalization.LN_PRE;
    }

    private void centre(double[] x, int offset) {
        if (!isLayerNorm()) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += x[offset + i];
        }
        double mean = sum / width;
        for (int i = 0; i < width; i++) {
            x[offset + i] -= mean;
        }
    }

    private double scale(double[] x, int offset) {
        double squares = 0;
        for (int i = 0; i < width; i++) {
            squares += x[offset + i] * x[offset + i];
        }
        return Math.sqrt(squares / width + eps);
    }

    private void divide(double[] x, int offset, double by) {
        for (int i = 0; i < width; i++) {
            x[offset + i] /= by;
        }
    }

    private void gainAll(double[] x) {
        weights.ifPresent(w -> {
            for (int offset = 0; offset < x.length; offset += width) {
                gain(x, offset, w);
            }
        });
    }

    private void gain(double[] x, int offset, NormWeights w) {
        for (int i = 0; i < width; i++) {
            double scaled = x[offset + i] * w.w().get(i);
            x[offset + i] = isLayerNorm() ? scaled + w.b().get(i) : scaled;
        }
    }
}
