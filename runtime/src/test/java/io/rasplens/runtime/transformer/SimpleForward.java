package io.rasplens.runtime.transformer;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.arithmetic.ActivationFunction;
import io.rasplens.runtime.transformer.forward.Softmax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forward pass row by row, with no thought of speed: what the engine must give to the last bit. Every sum goes up in the
 * inner index from +0.0 and leaves out exact zeros; heads are added up one after another, then the bias.
 */
public final class SimpleForward {
    private final CompiledModel model;
    private final TransformerConfig config;
    private final TokenBatch tokens;
    private final Map<HookName, Tensor> activations = new LinkedHashMap<>();

    private SimpleForward(CompiledModel model, TokenBatch tokens) {
        this.model = model;
        this.config = model.config();
        this.tokens = tokens;
    }

    /** Every activation but the readers' own inputs, in firing order. */
    public static Map<HookName, Tensor> run(CompiledModel model, TokenBatch tokens) {
        var pass = new SimpleForward(model, tokens);
        pass.forward();
        return pass.activations;
    }

    private void forward() {
        int rows = tokens.size() * tokens.positions();
        int d = config.dModel();
        var embed = new double[rows][d];
        var pos = new double[rows][d];
        for (int row = 0; row < rows; row++) {
            int position = row % tokens.positions();
            for (int i = 0; i < d; i++) {
                embed[row][i] = model.weights().embed().get(tokens.id(row / tokens.positions(), position), i);
                pos[row][i] = model.weights().posEmbed().get(position, i);
            }
        }
        keep(HookName.embed(), embed, d);
        keep(HookName.posEmbed(), pos, d);
        double[][] resid = plus(embed, pos);
        for (int layer = 0; layer < config.nLayers(); layer++) {
            LayerWeights weights = model.weights().layers().get(layer);
            keep(HookName.residPre(layer), resid, d);
            resid = plus(resid, attention(layer, weights, resid));
            keep(HookName.residMid(layer), resid, d);
            resid = plus(resid, mlp(layer, weights, resid));
            keep(HookName.residPost(layer), resid, d);
        }
        double[][] x = norm(resid, model.weights().lnFinal(), HookName.lnFinalScale(), HookName.lnFinalNormalized());
        keep(HookName.unembedIn(), x, d);
        keep(
                HookName.unembedOut(),
                affine(x, model.weights().unembed(), model.weights().unembedBias()),
                config.dVocabOut());
    }

    private double[][] attention(int layer, LayerWeights weights, double[][] resid) {
        double[][] x = norm(resid, weights.ln1(), HookName.ln1Scale(layer), HookName.ln1Normalized(layer));
        List<HeadWeights> heads = weights.heads();
        var q = new double[heads.size()][][];
        var k = new double[heads.size()][][];
        var v = new double[heads.size()][][];
        for (int h = 0; h < heads.size(); h++) {
            q[h] = affine(x, heads.get(h).wQ(), heads.get(h).bQ());
            k[h] = affine(x, heads.get(h).wK(), heads.get(h).bK());
            v[h] = affine(x, heads.get(h).wV(), heads.get(h).bV());
        }
        keepHeads(HookName.q(layer), q, config.dHead());
        keepHeads(HookName.k(layer), k, config.dHead());
        keepHeads(HookName.v(layer), v, config.dHead());
        int positions = tokens.positions();
        Tensor scores = Tensor.zeros(HookName.attnScores(layer).kind().axes(config, tokens.size(), positions));
        double[] all = scores.toArray();
        double[] patterns = all.clone();
        for (int row = 0; row < all.length / positions; row++) {
            int head = row / positions % config.nHeads();
            int batch = row / positions / config.nHeads();
            double[] own = scores(q, k, batch, head, row % positions);
            System.arraycopy(own, 0, all, row * positions, positions);
            Softmax.apply(own, 0, positions);
            System.arraycopy(own, 0, patterns, row * positions, positions);
        }
        activations.put(HookName.attnScores(layer), Tensor.adopt(all, scores.axes()));
        activations.put(HookName.pattern(layer), Tensor.adopt(patterns, scores.axes()));
        var z = new double[heads.size()][][];
        var results = new double[heads.size()][][];
        var out = new double[resid.length][config.dModel()];
        for (int h = 0; h < heads.size(); h++) {
            z[h] = mix(patterns, v[h], h, heads.get(h).valueWidth());
            results[h] = affine(z[h], heads.get(h).wO(), ImmutableDoubleArray.of());
            out = plus(out, results[h]);
        }
        keepHeads(HookName.z(layer), z, config.dHead());
        keepHeads(HookName.result(layer), results, config.dModel());
        addBias(out, weights.bO());
        keep(HookName.attnOut(layer), out, config.dModel());
        return out;
    }

    private double[] scores(double[][][] q, double[][][] k, int batch, int head, int query) {
        int positions = tokens.positions();
        var out = new double[positions];
        for (int key = 0; key < positions; key++) {
            for (int c = 0; head < q.length && c < q[head][0].length; c++) {
                double left = q[head][batch * positions + query][c];
                double right = k[head][batch * positions + key][c];
                out[key] += left == 0 || right == 0 ? 0 : left * right;
            }
            boolean seen = tokens.isReal(batch, key) && !(config.causal() && key > query);
            out[key] = seen ? out[key] / config.attnScale() : Double.NEGATIVE_INFINITY;
        }
        return out;
    }

    private double[][] mix(double[] patterns, double[][] v, int head, int width) {
        int positions = tokens.positions();
        var z = new double[v.length][width];
        for (int row = 0; row < v.length; row++) {
            int batch = row / positions;
            int from = ((batch * config.nHeads() + head) * positions + row % positions) * positions;
            for (int key = 0; key < positions; key++) {
                for (int c = 0; c < width; c++) {
                    double value = v[batch * positions + key][c];
                    z[row][c] += patterns[from + key] == 0 || value == 0 ? 0 : patterns[from + key] * value;
                }
            }
        }
        return z;
    }

    private double[][] mlp(int layer, LayerWeights weights, double[][] residMid) {
        double[][] x = norm(residMid, weights.ln2(), HookName.ln2Scale(layer), HookName.ln2Normalized(layer));
        double[][] hidden = affine(x, weights.mlp().wIn(), weights.mlp().bIn());
        keep(HookName.pre(layer), hidden, config.dMlp());
        for (double[] row : hidden) {
            for (int i = 0; i < row.length; i++) {
                row[i] = ActivationFunction.at(config.activation(), row[i]);
            }
        }
        keep(HookName.post(layer), hidden, config.dMlp());
        double[][] out = affine(hidden, weights.mlp().wOut(), weights.mlp().bOut());
        keep(HookName.mlpOut(layer), out, config.dModel());
        return out;
    }

    private double[][] norm(double[][] x, Optional<NormWeights> weights, HookName scaleName, HookName normalizedName) {
        Normalization kind = config.normalization();
        if (kind == Normalization.NONE) {
            return x;
        }
        boolean centred = kind == Normalization.LN || kind == Normalization.LN_PRE;
        var out = new double[x.length][];
        var bare = new double[x.length][];
        var scales = new double[x.length][1];
        for (int row = 0; row < x.length; row++) {
            double[] values = x[row].clone();
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] -= centred ? sum / values.length : 0;
                squares += values[i] * values[i];
            }
            scales[row][0] = Math.sqrt(squares / values.length + config.eps());
            for (int i = 0; i < values.length; i++) {
                values[i] /= scales[row][0];
            }
            bare[row] = values.clone();
            for (int i = 0; weights.isPresent() && i < values.length; i++) {
                values[i] = values[i] * weights.get().w().get(i);
                values[i] = centred ? values[i] + weights.get().b().get(i) : values[i];
            }
            out[row] = values;
        }
        keep(scaleName, scales, 1);
        keep(normalizedName, centred ? out : bare, config.dModel());
        return out;
    }

    private static double[][] affine(double[][] x, WeightMatrix w, ImmutableDoubleArray bias) {
        double[][] weights = new double[w.rows()][w.columns()];
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                weights[i][j] = w.get(i, j);
            }
        }
        var out = new double[x.length][w.columns()];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    out[row][j] += x[row][i] == 0 || weights[i][j] == 0 ? 0 : x[row][i] * weights[i][j];
                }
            }
        }
        addBias(out, bias);
        return out;
    }

    private static void addBias(double[][] rows, ImmutableDoubleArray bias) {
        for (double[] row : rows) {
            for (int i = 0; i < bias.length(); i++) {
                row[i] += bias.get(i);
            }
        }
    }

    private static double[][] plus(double[][] a, double[][] b) {
        var out = new double[a.length][a[0].length];
        for (int row = 0; row < a.length; row++) {
            for (int i = 0; i < out[row].length; i++) {
                out[row][i] = a[row][i] + b[row][i];
            }
        }
        return out;
    }

    private void keep(HookName name, double[][] rows, int width) {
        var all = new double[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, all, row * width, rows[row].length);
        }
        activations.put(name, Tensor.adopt(all, name.kind().axes(config, tokens.size(), tokens.positions())));
    }

    private void keepHeads(HookName name, double[][][] heads, int width) {
        int stride = config.nHeads() * width;
        var all = new double[tokens.size() * tokens.positions() * stride];
        for (int h = 0; h < heads.length; h++) {
            for (int row = 0; row < heads[h].length; row++) {
                System.arraycopy(heads[h][row], 0, all, row * stride + h * width, heads[h][row].length);
            }
        }
        activations.put(name, Tensor.adopt(all, name.kind().axes(config, tokens.size(), tokens.positions())));
    }
}
