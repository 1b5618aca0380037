package io.rasplens.examples;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.Weights;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A forward pass in float32, weights and arithmetic, over a residual stream that is turned by an orthogonal matrix: every matrix that writes
 * is multiplied by it from the right, every one that reads by its transpose from the left, and then all are rounded.
 */
final class FloatForward {
    private final CompiledModel model;
    private final DMatrixRMaj turn;

    /** @param turn orthogonal, {@code [dModel, dModel]} */
    FloatForward(CompiledModel model, DMatrixRMaj turn) {
        this.model = model;
        this.turn = turn;
    }

    /** Logits {@code [pos, dVocabOut]} of token ids, BOS first. */
    float[][] logits(int[] tokens) {
        Weights weights = model.weights();
        float[][] tokenRows = writing(weights.embed().toDense());
        float[][] positionRows = writing(weights.posEmbed().toDense());
        float[][] stream = new float[tokens.length][];
        for (int p = 0; p < tokens.length; p++) {
            stream[p] = sum(tokenRows[tokens[p]], positionRows[p]);
        }
        for (LayerWeights layer : weights.layers()) {
            float[][] attention = new float[tokens.length][turn.getNumCols()];
            for (HeadWeights head : layer.heads()) {
                add(attention, head(head, stream));
            }
            addBias(attention, layer.bO());
            add(stream, attention);
            float[][] hidden = affine(
                    stream, reading(layer.mlp().wIn().toDense()), layer.mlp().bIn());
            for (float[] row : hidden) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = Math.max(0, row[i]);
                }
            }
            float[][] out = times(hidden, writing(layer.mlp().wOut().toDense()), turn.getNumCols());
            addBias(out, layer.mlp().bOut());
            add(stream, out);
        }
        return affine(stream, reading(weights.unembed().toDense()), weights.unembedBias());
    }

    private float[][] head(HeadWeights head, float[][] stream) {
        float[][] q = affine(stream, reading(head.wQ().toDense()), head.bQ());
        float[][] k = affine(stream, reading(head.wK().toDense()), head.bK());
        float[][] v = affine(stream, reading(head.wV().toDense()), head.bV());
        float scale = (float) model.config().attnScale();
        float[][] z = new float[stream.length][head.valueWidth()];
        for (int query = 0; query < stream.length; query++) {
            int seen = model.config().causal() ? query + 1 : stream.length;
            float[] scores = new float[seen];
            float most = Float.NEGATIVE_INFINITY;
            for (int key = 0; key < seen; key++) {
                scores[key] = dot(q[query], k[key]) / scale;
                most = Math.max(most, scores[key]);
            }
            float total = 0;
            for (int key = 0; key < seen; key++) {
                scores[key] = (float) Math.exp(scores[key] - most);
                total += scores[key];
            }
            for (int key = 0; key < seen; key++) {
                float share = scores[key] / total;
                for (int c = 0; c < z[query].length; c++) {
                    z[query][c] += share * v[key][c];
                }
            }
        }
        return times(z, writing(head.wO().toDense()));
    }

    private float[][] writing(DMatrixRMaj matrix) {
        var turned = new DMatrixRMaj(matrix.getNumRows(), turn.getNumCols());
        CommonOps_DDRM.mult(matrix, turn, turned);
        return rounded(turned);
    }

    private float[][] reading(DMatrixRMaj matrix) {
        var turned = new DMatrixRMaj(turn.getNumCols(), matrix.getNumCols());
        CommonOps_DDRM.multTransA(turn, matrix, turned);
        return rounded(turned);
    }

    private static float[][] rounded(DMatrixRMaj matrix) {
        float[][] rows = new float[matrix.getNumRows()][matrix.getNumCols()];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < rows[r].length; c++) {
                rows[r][c] = (float) matrix.get(r, c);
            }
        }
        return rows;
    }

    private static float[][] affine(float[][] x, float[][] w, ImmutableDoubleArray bias) {
        float[][] out = times(x, w);
        for (float[] row : out) {
            for (int c = 0; c < row.length; c++) {
                row[c] += (float) bias.get(c);
            }
        }
        return out;
    }

    private static float[][] times(float[][] x, float[][] w) {
        return times(x, w, w[0].length);
    }

    private static float[][] times(float[][] x, float[][] w, int columns) {
        float[][] out = new float[x.length][columns];
        for (int r = 0; r < x.length; r++) {
            for (int i = 0; i < w.length; i++) {
                for (int c = 0; c < columns; c++) {
                    out[r][c] += x[r][i] * w[i][c];
                }
            }
        }
        return out;
    }

    private void addBias(float[][] x, ImmutableDoubleArray bias) {
        var row = new DMatrixRMaj(1, bias.length());
        for (int i = 0; i < bias.length(); i++) {
            row.set(0, i, bias.get(i));
        }
        float[] turned = writing(row)[0];
        for (int r = 0; r < x.length; r++) {
            x[r] = sum(x[r], turned);
        }
    }

    private static void add(float[][] x, float[][] more) {
        for (int r = 0; r < x.length; r++) {
            x[r] = sum(x[r], more[r]);
        }
    }

    private static float[] sum(float[] x, float[] y) {
        float[] sum = x.clone();
        for (int i = 0; i < y.length; i++) {
            sum[i] += y[i];
        }
        return sum;
    }

    private static float dot(float[] x, float[] y) {
        float sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
