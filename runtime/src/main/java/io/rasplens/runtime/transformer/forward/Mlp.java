package io.rasplens.runtime.transformer.forward;

import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.arithmetic.ActivationFunction;
import io.rasplens.runtime.transformer.arithmetic.Columns;
import io.rasplens.runtime.transformer.arithmetic.Linear;
import io.rasplens.runtime.transformer.arithmetic.Scratch;

/**
 * The MLP sublayer of one block: pre = N(resid_mid)·W_in + b_in, post = act(pre), mlp_out = post·W_out + b_out.
 */
final class Mlp {
    private final Norm norm;
    private final Linear in;
    private final Activation activation;
    private final Linear out;
    private final int[] written;
    private final HookName mlpIn;
    private final HookName pre;
    private final HookName post;
    private final HookName mlpOut;

    Mlp(int layer, TransformerConfig config, LayerWeights weights) {
        this.norm = new Norm(config, weights.ln2(), HookName.ln2Scale(layer), HookName.ln2Normalized(layer));
        this.in = new Linear(weights.mlp().wIn(), weights.mlp().bIn());
        this.activation = config.activation();
        this.out = new Linear(weights.mlp().wOut(), weights.mlp().bOut());
        this.written = out.live();
        this.mlpIn = HookName.mlpIn(layer);
        this.pre = HookName.pre(layer);
        this.post = HookName.post(layer);
        this.mlpOut = HookName.mlpOut(layer);
    }

    /** The stream before it, {@code [dModel, stride]}, to that after it. */
    double[] addTo(ForwardRun run, double[] residMid) {
        return run.watched() ? watched(run, residMid) : alone(run, residMid);
    }

    private double[] alone(ForwardRun run, double[] stream) {
        if (written.length > 0) {
            int stride = run.lanes().stride();
            double[] hidden = run.columns(Scratch.HIDDEN, in.width());
            in.apply(norm.apply(run, stream).values(), hidden, stride);
            ActivationFunction.apply(activation, hidden, hidden, in.width() * stride);
            double[] sum = run.columns(Scratch.SUM, run.config().dModel());
            out.apply(hidden, sum, written, stride);
            TransformerBlock.add(stream, sum, written, stride);
        }
        return stream;
    }

    private double[] watched(ForwardRun run, double[] residMid) {
        int stride = run.lanes().stride();
        int dModel = run.config().dModel();
        int dMlp = run.config().dMlp();
        double[] own = run.hooked(mlpIn, new Columns(residMid, dModel), dModel).values();
        var hidden = new double[in.width() * stride];
        in.apply(norm.apply(run, own).values(), hidden, stride);
        Columns before = run.hooked(pre, new Columns(hidden, in.width()), dMlp);
        var after = new double[before.width() * stride];
        ActivationFunction.apply(activation, before.values(), after, after.length);
        Columns active = run.hooked(post, new Columns(after, before.width()), dMlp);
        var sum = new double[dModel * stride];
        out.apply(active.values(), sum, stride);
        return TransformerBlock.sum(
                residMid, run.hooked(mlpOut, new Columns(sum, dModel), dModel).values());
    }
}
