package io.rasplens.runtime.transformer;

import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Rows;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The MLP sublayer of one block: pre = N(resid_mid)·W_in + b_in, post = act(pre), mlp_out = post·W_out + b_out.
 */
final class Mlp {
    private final int layer;
    private final Norm norm;
    private final Linear in;
    private final DoubleUnaryOperator activation;
    private final Linear out;

    Mlp(int layer, TransformerConfig config, LayerWeights weights) {
        this.layer = layer;
        this.norm = new Norm(config, weights.ln2());
        this.in = new Linear(weights.mlp().wIn(), weights.mlp().bIn());
        this.activation = ActivationFunction.of(config.activation());
        this.out = new Linear(weights.mlp().wOut(), weights.mlp().bOut());
    }

    /** {@code [rows, dModel]} to what is added to it. */
    double[] apply(Run run, double[] residMid) {
        int rows = run.rows();
        double[] own = run.hooked(HookName.mlpIn(layer), residMid);
        Norm.Normalized x = norm.apply(run, HookName.ln2Scale(layer), HookName.ln2Normalized(layer), own);
        Rows pre = in.apply(new Rows(x.values(), run.config().dModel()).sparse(0, rows));
        pre = run.hooked(HookName.pre(layer), pre);
        Rows post = new Rows(Arrays.stream(pre.values()).map(activation).toArray(), pre.width());
        post = run.hooked(HookName.post(layer), post);
        return run.hooked(
                HookName.mlpOut(layer), out.apply(post.sparse(0, rows)).values());
    }
}
