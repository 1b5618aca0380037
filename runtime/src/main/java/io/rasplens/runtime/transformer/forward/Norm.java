package io.rasplens.runtime.transformer.forward;

import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.arithmetic.Columns;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import java.util.Arrays;
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
    private final HookName scaleName;
    private final HookName normalizedName;

    Norm(TransformerConfig config, Optional<NormWeights> weights, HookName scaleName, HookName normalizedName) {
        this.kind = config.normalization();
        this.eps = config.eps();
        this.width = config.dModel();
        this.weights = weights;
        this.scaleName = scaleName;
        this.normalizedName = normalizedName;
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

        /** {@code [dModel, stride]} */
        double[] values() {
            return values;
        }
    }

    /** Normalises a stream {@code [dModel, stride]}, with the points of the scale and of the result open to hooks. */
    Normalized apply(ForwardRun run, double[] x) {
        if (kind == Normalization.NONE) {
            return new Normalized(x, x, x);
        }
        int stride = run.lanes().stride();
        double[] out = run.columns(Scratch.NORMALIZED, width);
        centre(run, x, out, stride);
        double[] own = run.columns(Scratch.SCALES, 1);
        scales(out, own, stride);
        double[] used = run.hooked(scaleName, new Columns(own, 1), 1).values();
        for (int at = 0; at < width * stride; at += stride) {
            for (int row = 0; row < stride; row++) {
                out[at + row] /= used[row];
            }
        }
        if (isLayerNorm()) {
            gain(out, out, stride);
        }
        double[] seen =
                run.hooked(normalizedName, new Columns(out, width), width).values();
        if (!isLayerNorm() && weights.isPresent()) {
            double[] gained = run.watched() ? new double[seen.length] : seen;
            gain(seen, gained, stride);
            seen = gained;
        }
        return new Normalized(seen, own, used);
    }

    private void centre(ForwardRun run, double[] x, double[] out, int stride) {
        if (!isLayerNorm()) {
            System.arraycopy(x, 0, out, 0, width * stride);
            return;
        }
        double[] mean = run.columns(Scratch.TERM, 1);
        Arrays.fill(mean, 0, stride, 0);
        for (int at = 0; at < width * stride; at += stride) {
            for (int row = 0; row < stride; row++) {
                mean[row] += x[at + row];
            }
        }
        for (int row = 0; row < stride; row++) {
            mean[row] /= width;
        }
        for (int at = 0; at < width * stride; at += stride) {
            for (int row = 0; row < stride; row++) {
                out[at + row] = x[at + row] - mean[row];
            }
        }
    }

    private void scales(double[] x, double[] out, int stride) {
        Arrays.fill(out, 0, stride, 0);
        for (int at = 0; at < width * stride; at += stride) {
            for (int row = 0; row < stride; row++) {
                out[row] += x[at + row] * x[at + row];
            }
        }
        for (int row = 0; row < stride; row++) {
            out[row] = Math.sqrt(out[row] / width + eps);
        }
    }

    private void gain(double[] x, double[] out, int stride) {
        if (weights.isEmpty()) {
            return;
        }
        for (int i = 0; i < width; i++) {
            double factor = weights.get().w().get(i);
            double more = weights.get().b().get(i);
            for (int at = i * stride; at < (i + 1) * stride; at++) {
                double scaled = x[at] * factor;
                out[at] = isLayerNorm() ? scaled + more : scaled;
            }
        }
    }

    /**
     * Normalises one row at {@code offset}, its numbers side by side, in place and out of reach of the hooks: by its own scale,
     * or by the row's scale of the shared stream where a hook has set that one.
     *
     * @param row the same row in the shared stream
     */
    void applyTo(double[] x, int offset, int row, Normalized shared) {
        if (kind == Normalization.NONE) {
            return;
        }
        if (isLayerNorm()) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += x[offset + i];
            }
            double mean = sum / width;
            for (int i = 0; i < width; i++) {
                x[offset + i] -= mean;
            }
        }
        boolean edited = shared.ownScales[row] != shared.usedScales[row];
        double by = edited ? shared.usedScales[row] : scale(x, offset);
        for (int i = 0; i < width; i++) {
            x[offset + i] /= by;
        }
        weights.ifPresent(w -> {
            for (int i = 0; i < width; i++) {
                double scaled = x[offset + i] * w.w().get(i);
                x[offset + i] = isLayerNorm() ? scaled + w.b().get(i) : scaled;
            }
        });
    }

    private boolean isLayerNorm() {
        return kind == Normalization.LN || kind == Normalization.LN_PRE;
    }

    private double scale(double[] x, int offset) {
        double squares = 0;
        for (int i = 0; i < width; i++) {
            squares += x[offset + i] * x[offset + i];
        }
        return Math.sqrt(squares / width + eps);
    }
}
