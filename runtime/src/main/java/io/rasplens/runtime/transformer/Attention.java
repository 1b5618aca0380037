package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Rows;
import io.rasplens.runtime.tensor.SparseRows;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The attention sublayer of one block.
 *
 * <pre>
 * q, k, v = N(resid)·W + b      scores = q·kᵀ / attn_scale, masked      pattern = softmax(scores)
 * z = pattern·v                 attn_out = Σ_heads z·W_O + b_O
 * </pre>
 */
final class Attention {
    private final int layer;
    private final Norm norm;
    private final ImmutableList<Head> heads;
    private final double[] outputBias;

    Attention(int layer, TransformerConfig config, LayerWeights weights) {
        this.layer = layer;
        this.norm = new Norm(config, weights.ln1());
        this.heads = weights.heads().stream().map(Head::new).collect(ImmutableList.toImmutableList());
        this.outputBias = Linear.denseBias(weights.bO());
    }

    /** {@code [rows, dModel]} to what is added to it. */
    double[] apply(Run run, double[] resid) {
        Optional<HeadRows> queryInput = ReaderInputs.offer(run, HookName.qInput(layer), resid);
        Optional<HeadRows> keyInput = ReaderInputs.offer(run, HookName.kInput(layer), resid);
        Optional<HeadRows> valueInput = ReaderInputs.offer(run, HookName.vInput(layer), resid);
        Norm.Normalized x = norm.apply(run, HookName.ln1Scale(layer), HookName.ln1Normalized(layer), resid);
        SparseRows shared = SparseRows.of(x.values(), run.config().dModel(), 0, run.rows());

        HeadRows q = project(ReaderInputs.of(norm, resid, x, shared, queryInput), Head::query);
        q = run.hooked(HookName.q(layer), q);
        HeadRows k = project(ReaderInputs.of(norm, resid, x, shared, keyInput), Head::key);
        k = run.hooked(HookName.k(layer), k);
        HeadRows v = project(ReaderInputs.of(norm, resid, x, shared, valueInput), Head::value);
        v = run.hooked(HookName.v(layer), v);

        AttentionRows scores = hooked(run, HookName.attnScores(layer), new Scores(run, q, k));
        AttentionRows pattern = hooked(run, HookName.pattern(layer), new Softmax(scores, run.positions()));
        HeadRows z = run.hooked(HookName.z(layer), mix(run, pattern, v));
        return run.hooked(HookName.attnOut(layer), output(run, z));
    }

    private HeadRows project(ReaderInputs inputs, Function<Head, Linear> linear) {
        return new HeadRows(IntStream.range(0, heads.size())
                .mapToObj(head -> linear.apply(heads.get(head)).apply(inputs.head(head)))
                .collect(ImmutableList.toImmutableList()));
    }

    /** Leaves the rows to be made one by one, unless somebody wants to see them all. */
    private static AttentionRows hooked(Run run, HookName name, AttentionRows rows) {
        if (!run.listensTo(name)) {
            return rows;
        }
        int positions = run.positions();
        int heads = run.config().nHeads();
        double[] all = run.allocate(HookKind.PATTERN);
        for (int row = 0; row < run.batch() * heads * positions; row++) {
            int group = row / positions;
            rows.row(group / heads, group % heads, row % positions, all, row * positions);
        }
        return AttentionRows.of(run.hooked(name, all), heads, positions);
    }

    /** z = pattern·v */
    private static HeadRows mix(Run run, AttentionRows pattern, HeadRows v) {
        int positions = run.positions();
        var weights = new double[positions];
        var mixed = ImmutableList.<Rows>builder();
        for (int head = 0; head < v.count(); head++) {
            int width = v.head(head).width();
            SparseRows values = v.head(head).sparse(0, run.rows());
            var z = new double[run.rows() * width];
            for (int row = 0; row < run.rows() && values.entries() > 0; row++) {
                int batch = row / positions;
                pattern.row(batch, head, row % positions, weights, 0);
                for (int key = 0; key < positions; key++) {
                    if (weights[key] != 0) {
                        values.addRow(batch * positions + key, weights[key], z, row * width);
                    }
                }
            }
            mixed.add(new Rows(z, width));
        }
        return new HeadRows(mixed.build());
    }

    /** Σ_heads z·W_O + b_O: the heads added in order, then the bias. */
    private double[] output(Run run, HeadRows z) {
        var out = new double[run.rows() * run.config().dModel()];
        if (run.listensTo(HookName.result(layer))) {
            HeadRows results = new HeadRows(IntStream.range(0, heads.size())
                    .mapToObj(head -> result(run, z, head))
                    .collect(ImmutableList.toImmutableList()));
            HeadRows seen = run.hooked(HookName.result(layer), results);
            for (int head = 0; head < seen.count(); head++) {
                add(seen.head(head).values(), out);
            }
        } else {
            for (int head = 0; head < heads.size(); head++) {
                add(result(run, z, head).values(), out);
            }
        }
        for (int i = 0; outputBias.length > 0 && i < out.length; i++) {
            out[i] += outputBias[i % outputBias.length];
        }
        return out;
    }

    /** What one head adds to the residual stream. */
    private Rows result(Run run, HeadRows z, int head) {
        SparseRows weights = heads.get(head).output();
        return new Rows(SparseRows.affine(z.head(head).sparse(0, run.rows()), weights, new double[0]), weights.width());
    }

    private static void add(double[] term, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += term[i];
        }
    }
}
