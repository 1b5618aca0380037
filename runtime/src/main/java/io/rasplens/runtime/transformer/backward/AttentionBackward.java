package io.rasplens.runtime.transformer.backward;

import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.forward.TransformerBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way back through attention.
 *
 * <pre>
 * ∂z = ∂result·W_Oᵀ        ∂pattern = ∂z·vᵀ           ∂v = patternᵀ·∂z
 * ∂scores = pattern·(∂pattern - Σ pattern·∂pattern)   ∂q = ∂scores·k/scale   ∂k = ∂scoresᵀ·q/scale
 * </pre>
 */
final class AttentionBackward {
    private final TransformerConfig config;
    private final GradientPoints points;
    private final int layer;
    private final NormBackward norm;
    private final List<HeadWeights> heads;

    AttentionBackward(TransformerConfig config, GradientPoints points, int layer, LayerWeights weights) {
        this.config = config;
        this.points = points;
        this.layer = layer;
        this.heads = weights.heads();
        this.norm = new NormBackward(
                config, weights.ln1(), points, HookName.ln1Scale(layer), HookName.ln1Normalized(layer));
    }

    /** From the gradient by what attention adds to that by the stream it reads, {@code [batch, pos, dModel]}. */
    double[] apply(double[] added) {
        double[] out = points.pass(HookName.attnOut(layer), added.clone());
        double[] z = points.pass(HookName.z(layer), mixed(out));
        double[] pattern = points.activation(HookName.pattern(layer));
        double[] v = points.activation(HookName.v(layer));
        double[] toPattern = points.pass(HookName.pattern(layer), products(z, v));
        double[] toScores = points.pass(HookName.attnScores(layer), softmax(pattern, toPattern));
        double[] toV = points.pass(HookName.v(layer), sums(pattern, z, false, 1));
        double scale = config.attnScale();
        double[] toK =
                points.pass(HookName.k(layer), sums(toScores, points.activation(HookName.q(layer)), false, scale));
        double[] toQ =
                points.pass(HookName.q(layer), sums(toScores, points.activation(HookName.k(layer)), true, scale));

        double[] shared = new double[points.rows() * config.dModel()];
        double[] own = new double[shared.length];
        read(HookName.vInput(layer), toV, HeadWeights::wV, shared, own);
        read(HookName.kInput(layer), toK, HeadWeights::wK, shared, own);
        read(HookName.qInput(layer), toQ, HeadWeights::wQ, shared, own);
        return TransformerBlock.sum(own, norm.apply(shared, points.activation(HookName.residPre(layer))));
    }

    /** To z, through each head's own result. */
    private double[] mixed(double[] out) {
        int dModel = config.dModel();
        int nHeads = config.nHeads();
        HookName name = HookName.result(layer);
        double[] results = new double[points.rows() * nHeads * dModel];
        for (int row = 0; row < points.rows() * nHeads; row++) {
            System.arraycopy(out, row / nHeads * dModel, results, row * dModel, dModel);
        }
        results = points.pass(name, results);
        var z = new double[points.rows() * nHeads * config.dHead()];
        for (int row = 0; row < points.rows() * nHeads; row++) {
            if (row % nHeads < heads.size()) {
                Backward.addTransposed(heads.get(row % nHeads).wO(), results, row * dModel, z, row * config.dHead());
            }
        }
        return z;
    }

    /** ∂pattern {@code [batch, head, query, key]}: ∂z of the query times v of the key. */
    private double[] products(double[] z, double[] v) {
        int positions = points.positions();
        var out = new double[points.batch() * config.nHeads() * positions * positions];
        for (int i = 0; i < out.length; i++) {
            int query = place(i, i / positions % positions);
            int key = place(i, i % positions);
            for (int c = 0; c < config.dHead(); c++) {
                out[i] += z[query + c] * v[key + c];
            }
        }
        return out;
    }

    private double[] softmax(double[] pattern, double[] gradient) {
        int positions = points.positions();
        var out = new double[pattern.length];
        for (int from = 0; from < out.length; from += positions) {
            double sum = 0;
            for (int i = from; i < from + positions; i++) {
                sum += pattern[i] * gradient[i];
            }
            for (int i = from; i < from + positions; i++) {
                out[i] = pattern[i] * (gradient[i] - sum);
            }
        }
        return out;
    }

    /**
     * For each query Σ_keys weights·rows of the key, or for each key Σ_queries weights·rows of the query; divided by a scale.
     *
     * @param weights {@code [batch, head, query, key]}
     * @param rows {@code [batch, pos, head, dHead]}
     */
    private double[] sums(double[] weights, double[] rows, boolean forQueries, double scale) {
        int positions = points.positions();
        var out = new double[rows.length];
        for (int i = 0; i < weights.length; i++) {
            int query = place(i, i / positions % positions);
            int key = place(i, i % positions);
            int to = forQueries ? query : key;
            int from = forQueries ? key : query;
            for (int c = 0; weights[i] != 0 && c < config.dHead(); c++) {
                out[to + c] += weights[i] * rows[from + c] / scale;
            }
        }
        return out;
    }

    /** Where the row of a position begins in {@code [batch, pos, head, dHead]}, for an entry of {@code [batch, head, query, key]}. */
    private int place(int entry, int position) {
        int positions = points.positions();
        int batchAndHead = entry / (positions * positions);
        int batch = batchAndHead / config.nHeads();
        int head = batchAndHead % config.nHeads();
        return ((batch * positions + position) * config.nHeads() + head) * config.dHead();
    }

    /**
     * Back through W_Q, W_K or W_V of every head. What flows back goes through the norm that all share, unless a hook put
     * something in place at the heads' own inputs, in either direction: those are normalised by themselves.
     *
     * @param shared where the gradient by what all heads read is added to
     * @param own where that by the stream before any norm is added to
     */
    private void read(
            HookName input,
            double[] gradient,
            Function<HeadWeights, WeightMatrix> part,
            double[] shared,
            double[] own) {
        int dModel = config.dModel();
        int nHeads = config.nHeads();
        var perHead = new double[points.rows() * nHeads * dModel];
        for (int row = 0; row < points.rows() * nHeads; row++) {
            if (row % nHeads < heads.size()) {
                WeightMatrix w = part.apply(heads.get(row % nHeads));
                Backward.addTransposed(w, gradient, row * config.dHead(), perHead, row * dModel);
            }
        }
        Optional<double[]> edited = points.watched(input)
                ? points.show(input, norm.applyToHeads(perHead.clone(), points.activation(input), nHeads))
                : Optional.empty();
        double[] flows = edited.orElse(perHead);
        double[] to = edited.isPresent() ? own : shared;
        for (int i = 0; i < flows.length; i++) {
            to[i / (nHeads * dModel) * dModel + i % dModel] += flows[i];
        }
    }
}
