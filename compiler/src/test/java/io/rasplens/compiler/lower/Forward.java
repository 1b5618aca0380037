package io.rasplens.compiler.lower;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixSparseCSC;

/** A transformer's forward pass as plain loops, straight from the formulas: what compiled weights are tested with here. */
public final class Forward {
    private final CompiledModel model;

    public Forward(CompiledModel model) {
        this.model = model;
    }

    /** Changes the residual stream {@code [pos, dModel]} on its way. */
    public interface Edit {
        void at(StreamPoint point, double[][] residual);
    }

    /** The decoded answers, without BOS's. */
    public List<Value> run(List<Value> input) {
        return run(input, (point, residual) -> {});
    }

    /** The same with an edit made at every point between two sublayers. */
    public List<Value> run(List<Value> input, Edit edit) {
        double[][] logits = affine(
                residual(input, model.config().nLayers(), false, edit),
                model.weights().unembed(),
                model.weights().unembedBias());
        var answers = new ArrayList<Value>();
        for (int p = 1; p < logits.length; p++) {
            answers.add(model.decoder().orElseThrow().decode(logits[p]));
        }
        return answers;
    }

    /** {@code [pos, dVocabOut]}, BOS first. */
    public double[][] logits(List<Value> input) {
        return affine(
                residual(input, model.config().nLayers(), false),
                model.weights().unembed(),
                model.weights().unembedBias());
    }

    /** What a readout finds, without BOS's. */
    public List<Value> read(SopReadout readout, List<Value> input) {
        double[][] residual = residual(input, readout.layer() + 1, readout.afterAttention());
        double[][] logits = affine(residual, readout.projection(), readout.bias());
        var answers = new ArrayList<Value>();
        for (int p = 1; p < logits.length; p++) {
            answers.add(readout.decoder().decode(logits[p]));
        }
        return answers;
    }

    /** The residual stream {@code [pos, dModel]} after so many layers, the last one perhaps without its MLP. */
    public double[][] residual(List<Value> input, int layers, boolean lastWithoutMlp) {
        return residual(input, layers, lastWithoutMlp, (point, residual) -> {});
    }

    private double[][] residual(List<Value> input, int layers, boolean lastWithoutMlp, Edit edit) {
        int[] ids = new int[input.size() + 1];
        ids[0] = model.encoder().orElseThrow().bos();
        for (int i = 0; i < input.size(); i++) {
            ids[i + 1] = model.encoder().orElseThrow().id(input.get(i)).orElseThrow();
        }
        double[][] residual = new double[ids.length][model.config().dModel()];
        for (int p = 0; p < ids.length; p++) {
            for (int d = 0; d < residual[p].length; d++) {
                residual[p][d] = model.weights().embed().get(ids[p], d)
                        + model.weights().posEmbed().get(p, d);
            }
        }
        edit.at(StreamPoint.EMBEDDING, residual);
        for (int l = 0; l < layers; l++) {
            LayerWeights layer = model.weights().layers().get(l);
            double[][] before = copy(residual);
            for (HeadWeights head : layer.heads()) {
                add(residual, attend(before, head));
            }
            edit.at(new StreamPoint(l, true), residual);
            if (l < layers - 1 || !lastWithoutMlp) {
                double[][] hidden =
                        affine(residual, layer.mlp().wIn(), layer.mlp().bIn());
                for (double[] row : hidden) {
                    Arrays.setAll(row, h -> Math.max(0, row[h]));
                }
                add(residual, times(hidden, layer.mlp().wOut()));
                edit.at(new StreamPoint(l, false), residual);
            }
        }
        return residual;
    }

    private double[][] attend(double[][] x, HeadWeights head) {
        double[][] q = affine(x, head.wQ(), head.bQ());
        double[][] k = affine(x, head.wK(), head.bK());
        double[][] v = affine(x, head.wV(), head.bV());
        double[][] mixed = new double[x.length][head.valueWidth()];
        for (int i = 0; i < x.length; i++) {
            int keys = model.config().causal() ? i + 1 : x.length;
            double[] weights = new double[keys];
            double highest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < keys; j++) {
                for (int c = 0; c < q[i].length; c++) {
                    weights[j] += q[i][c] * k[j][c];
                }
                weights[j] /= model.config().attnScale();
                highest = Math.max(highest, weights[j]);
            }
            double sum = 0;
            for (int j = 0; j < keys; j++) {
                weights[j] = Math.exp(weights[j] - highest);
                sum += weights[j];
            }
            for (int j = 0; j < keys; j++) {
                for (int c = 0; c < mixed[i].length; c++) {
                    mixed[i][c] += weights[j] / sum * v[j][c];
                }
            }
        }
        return times(mixed, head.wO());
    }

    private static double[][] affine(double[][] x, WeightMatrix matrix, ImmutableDoubleArray bias) {
        double[][] sum = times(x, matrix);
        for (double[] row : sum) {
            Arrays.setAll(row, c -> row[c] + bias.get(c));
        }
        return sum;
    }

    private static double[][] times(double[][] x, WeightMatrix matrix) {
        DMatrixSparseCSC m = matrix.csc();
        double[][] product = new double[x.length][m.numCols];
        for (int c = 0; c < m.numCols; c++) {
            for (int i = m.col_idx[c]; i < m.col_idx[c + 1]; i++) {
                for (int p = 0; p < x.length; p++) {
                    product[p][c] += x[p][m.nz_rows[i]] * m.nz_values[i];
                }
            }
        }
        return product;
    }

    private static void add(double[][] x, double[][] y) {
        for (int p = 0; p < x.length; p++) {
            for (int d = 0; d < x[p].length; d++) {
                x[p][d] += y[p][d];
            }
        }
    }

    private static double[][] copy(double[][] x) {
        double[][] copy = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            copy[p] = x[p].clone();
        }
        return copy;
    }
}
