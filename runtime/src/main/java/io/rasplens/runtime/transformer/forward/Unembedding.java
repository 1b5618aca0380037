package io.rasplens.runtime.transformer.forward;

import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.arithmetic.Columns;
import io.rasplens.runtime.transformer.arithmetic.Linear;
import io.rasplens.runtime.transformer.arithmetic.Scratch;

/** logits = N_final(resid)·W_U + b_U. */
final class Unembedding {
    private static final HookName IN = HookName.unembedIn();
    private static final HookName OUT = HookName.unembedOut();

    private final Norm norm;
    private final Linear linear;

    Unembedding(TransformerConfig config, Weights weights) {
        this.norm = new Norm(config, weights.lnFinal(), HookName.lnFinalScale(), HookName.lnFinalNormalized());
        this.linear = new Linear(weights.unembed(), weights.unembedBias());
    }

    /** The final residual stream to {@code [dVocabOut, stride]}. */
    double[] apply(ForwardRun run, double[] resid) {
        int dModel = run.config().dModel();
        Columns x = new Columns(norm.apply(run, resid).values(), dModel);
        double[] logits = run.columns(Scratch.LOGITS, linear.width());
        linear.apply(run.hooked(IN, x, dModel).values(), logits, run.lanes().stride());
        return run.hooked(OUT, new Columns(logits, linear.width()), linear.width())
                .values();
    }
}
