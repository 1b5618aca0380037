package io.rasplens.runtime.transformer;

import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookName;

/** One layer: attention, then an MLP, each added to the residual stream. */
final class Block {
    private final int layer;
    private final Attention attention;
    private final Mlp mlp;

    Block(int layer, TransformerConfig config, LayerWeights weights) {
        this.layer = layer;
        this.attention = new Attention(layer, config, weights);
        this.mlp = new Mlp(layer, config, weights);
    }

    /** The residual stream {@code [rows, dModel]} before the block to that after it. */
    double[] apply(Run run, double[] resid) {
        return apply(run, resid, Start.Stage.RESID_PRE);
    }

    /** The same from a stage within the block on, at which the stream is {@code resid}. */
    double[] apply(Run run, double[] resid, Start.Stage from) {
        return switch (from) {
            case RESID_PRE -> {
                double[] residPre = run.hooked(HookName.residPre(layer), resid);
                yield fromMid(run, sum(residPre, attention.apply(run, residPre)));
            }
            case RESID_MID -> fromMid(run, resid);
            case RESID_POST -> run.hooked(HookName.residPost(layer), resid);
        };
    }

    private double[] fromMid(Run run, double[] resid) {
        double[] residMid = run.hooked(HookName.residMid(layer), resid);
        return run.hooked(HookName.residPost(layer), sum(residMid, mlp.apply(run, residMid)));
    }

    private static double[] sum(double[] a, double[] b) {
        var out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] + b[i];
        }
        return out;
    }
}
