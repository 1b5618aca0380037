package io.rasplens.examples;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.WeightMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bidirectional ReLU transformer without norms, written down as plainly as the formulas: a reference to compare the hooked
 * transformer with. Compiled models have no biases outside the MLP's.
 */
final class PlainForward {
    /** What a layer adds to the residual stream, each {@code [pos][dModel]}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Layer(double[][] attnOut, double[][] mlpOut) {}

    private PlainForward() {}

    static List<Layer> run(CompiledModel model, int[] tokens) {
        double[][] residual = new double[tokens.length][model.config().dModel()];
        for (int p = 0; p < tokens.length; p++) {
            for (int d = 0; d < residual[p].length; d++) {
                residual[p][d] = model.weights().embed().get(tokens[p], d)
                        + model.weights().posEmbed().get(p, d);
            }
        }
        List<Layer> layers = new ArrayList<>();
        for (LayerWeights layer : model.weights().layers()) {
            double[][] attnOut = new double[tokens.length][model.config().dModel()];
            for (HeadWeights head : layer.heads()) {
                add(attnOut, head(head, residual, model.config().attnScale()));
            }
            add(residual, attnOut);
            double[][] mlpOut = mlp(layer.mlp(), residual);
            add(residual, mlpOut);
            layers.add(new Layer(attnOut, mlpOut));
        }
        return layers;
    }

    private static double[][] head(HeadWeights head, double[][] residual, double scale) {
        double[][] queries = times(residual, head.wQ());
        double[][] keys = times(residual, head.wK());
        double[][] values = times(residual, head.wV());
        double[][] z = new double[residual.length][head.valueWidth()];
        for (int q = 0; q < residual.length; q++) {
            double[] scores = new double[residual.length];
            for (int k = 0; k < scores.length; k++) {
                for (int d = 0; d < head.queryKeyWidth(); d++) {
                    scores[k] += queries[q][d] * keys[k][d] / scale;
                }
            }
            double greatest = Arrays.stream(scores).max().orElse(0);
            double[] shares =
                    Arrays.stream(scores).map(s -> Math.exp(s - greatest)).toArray();
            double total = Arrays.stream(shares).sum();
            for (int k = 0; k < shares.length; k++) {
                for (int d = 0; d < z[q].length; d++) {
                    z[q][d] += shares[k] / total * values[k][d];
                }
            }
        }
        return times(z, head.wO());
    }

    private static double[][] mlp(MlpWeights mlp, double[][] residual) {
        double[][] hidden = times(residual, mlp.wIn());
        for (double[] row : hidden) {
            for (int unit = 0; unit < row.length; unit++) {
                row[unit] = Math.max(row[unit] + mlp.bIn().get(unit), 0);
            }
        }
        double[][] out = times(hidden, mlp.wOut());
        for (double[] row : out) {
            for (int d = 0; d < row.length; d++) {
                row[d] += mlp.bOut().get(d);
            }
        }
        return out;
    }

    private static double[][] times(double[][] rows, WeightMatrix matrix) {
        double[][] product = new double[rows.length][matrix.columns()];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < matrix.columns(); c++) {
                for (int i = 0; i < matrix.rows(); i++) {
                    product[r][c] += rows[r][i] * matrix.get(i, c);
                }
            }
        }
        return product;
    }

    private static void add(double[][] to, double[][] more) {
        for (int r = 0; r < to.length; r++) {
            for (int c = 0; c < to[r].length; c++) {
                to[r][c] += more[r][c];
            }
        }
    }
}
