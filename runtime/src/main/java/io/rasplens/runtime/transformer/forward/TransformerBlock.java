package io.rasplens.runtime.transformer.forward;

import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.arithmetic.Columns;

/** One layer: attention, then an MLP, each added to the residual stream. */
public final class TransformerBlock {
    private final HookName residPre;
    private final HookName residMid;
    private final HookName residPost;
    private final Attention attention;
    private final Mlp mlp;

    TransformerBlock(int layer, TransformerConfig config, LayerWeights weights) {
        this.residPre = HookName.residPre(layer);
        this.residMid = HookName.residMid(layer);
        this.residPost = HookName.residPost(layer);
        this.attention = new Attention(layer, config, weights);
        this.mlp = new Mlp(layer, config, weights);
    }

    /** The residual stream at a stage of the block to that after it. */
    double[] apply(ForwardRun run, double[] resid, RunStart.SublayerPoint from) {
        double[] stream = resid;
        if (from == RunStart.SublayerPoint.RESID_PRE) {
            stream = attention.addTo(run, hooked(run, residPre, stream));
        }
        if (from != RunStart.SublayerPoint.RESID_POST) {
            stream = mlp.addTo(run, hooked(run, residMid, stream));
        }
        return hooked(run, residPost, stream);
    }

    private static double[] hooked(ForwardRun run, HookName name, double[] stream) {
        int width = run.config().dModel();
        return run.watched(name)
                ? run.hooked(name, new Columns(stream, width), width).values()
                : stream;
    }

    public static double[] sum(double[] a, double[] b) {
        var out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] + b[i];
        }
        return out;
    }

    /** Adds some columns to the stream in place. */
    static void add(double[] stream, double[] more, int[] columns, int stride) {
        for (int column : columns) {
            int from = column * stride;
            for (int i = from; i < from + stride; i++) {
                stream[i] += more[i];
            }
        }
    }
}
