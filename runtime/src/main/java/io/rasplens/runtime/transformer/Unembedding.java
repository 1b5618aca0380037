package io.rasplens.runtime.transformer;

import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Rows;

/** logits = N_final(resid)·W_U + b_U. */
final class Unembedding {
    private final Norm norm;
    private final Linear linear;

    Unembedding(TransformerConfig config, Weights weights) {
        this.norm = new Norm(config, weights.lnFinal());
        this.linear = new Linear(weights.unembed(), weights.unembedBias());
    }

    /** The final residual stream to {@code [rows, dVocabOut]}. */
    double[] apply(Run run, double[] resid) {
        double[] x = norm.apply(run, HookName.lnFinalScale(), HookName.lnFinalNormalized(), resid)
                .values();
        x = run.hooked(HookName.unembedIn(), x);
        Rows logits = linear.apply(new Rows(x, run.config().dModel()).sparse(0, run.rows()));
        return run.hooked(HookName.unembedOut(), logits.values());
    }
}
