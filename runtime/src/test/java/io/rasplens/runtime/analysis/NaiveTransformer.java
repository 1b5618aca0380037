package io.rasplens.runtime.analysis;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.WeightMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The forward pass of a compiled model as plain loops, for tests of what stands around the real one. ReLU, no norms. */
final class NaiveTransformer implements Subject {
    private final CompiledModel model;

    NaiveTransformer(CompiledModel model) {
        this.model = model;
    }

    @Override
    public CompiledModel model() {
        return model;
    }

    @Override
    public double[][][] logits(List<int[]> ids) {
        return ids.stream().map(row -> run(row).get("unembed.hook_out")).toArray(double[][][]::new);
    }

    @Override
    public double[][] activation(int[] ids, String hook) {
        return java.util.Objects.requireNonNull(run(ids).get(hook));
    }

    private Map<String, double[][]> run(int[] ids) {
        Map<String, double[][]> cache = new HashMap<>();
        double[][] resid = new double[ids.length][model.config().dModel()];
        for (int p = 0; p < ids.length; p++) {
            for (int d = 0; d < resid[p].length; d++) {
                resid[p][d] = model.weights().embed().get(ids[p], d)
                        + model.weights().posEmbed().get(p, d);
            }
        }
        for (int l = 0; l < model.config().nLayers(); l++) {
            LayerWeights layer = model.weights().layers().get(l);
            cache.put("blocks." + l + ".hook_resid_pre", resid);
            double[][] mid =
                    add(resid, affine(new double[ids.length][0], WeightMatrix.zeros(0, resid[0].length), layer.bO()));
            for (HeadWeights head : layer.heads()) {
                mid = add(mid, attend(resid, head));
            }
            cache.put("blocks." + l + ".hook_resid_mid", mid);
            double[][] hidden = affine(mid, layer.mlp().wIn(), layer.mlp().bIn());
            for (double[] row : hidden) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = Math.max(0, row[i]);
                }
            }
            resid = add(mid, affine(hidden, layer.mlp().wOut(), layer.mlp().bOut()));
            cache.put("blocks." + l + ".hook_resid_post", resid);
        }
        cache.put("unembed.hook_in", resid);
        cache.put(
                "unembed.hook_out",
                affine(resid, model.weights().unembed(), model.weights().unembedBias()));
        return cache;
    }

    private double[][] attend(double[][] resid, HeadWeights head) {
        double[][] q = affine(resid, head.wQ(), head.bQ());
        double[][] k = affine(resid, head.wK(), head.bK());
        double[][] v = affine(resid, head.wV(), head.bV());
        double[][] z = new double[resid.length][head.valueWidth()];
        for (int i = 0; i < resid.length; i++) {
            int visible = model.config().causal() ? i + 1 : resid.length;
            double[] weights = new double[visible];
            double greatest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < visible; j++) {
                for (int d = 0; d < q[i].length; d++) {
                    weights[j] += q[i][d] * k[j][d];
                }
                weights[j] /= model.config().attnScale();
                greatest = Math.max(greatest, weights[j]);
            }
            double sum = 0;
            for (int j = 0; j < visible; j++) {
                weights[j] = Math.exp(weights[j] - greatest);
                sum += weights[j];
            }
            for (int j = 0; j < visible; j++) {
                for (int d = 0; d < z[i].length; d++) {
                    z[i][d] += weights[j] / sum * v[j][d];
                }
            }
        }
        return affine(
                z,
                head.wO(),
                ImmutableDoubleArray.copyOf(new double[model.config().dModel()]));
    }

    private static double[][] affine(double[][] rows, WeightMatrix matrix, ImmutableDoubleArray bias) {
        double[][] out = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            out[r] = bias.toArray();
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    out[r][j] += rows[r][i] * matrix.get(i, j);
                }
            }
        }
        return out;
    }

    private static double[][] add(double[][] a, double[][] b) {
        double[][] out = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                out[i][j] = a[i][j] + b[i][j];
            }
        }
        return out;
    }
}
