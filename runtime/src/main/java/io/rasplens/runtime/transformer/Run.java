package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.ActiveHooks;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookPoint;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Rows;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;

/**
 * What every part of the transformer needs to know of the run it takes part in: the tokens, and who listens. The parts hand
 * each activation to {@code hooked} and go on with what comes back, which is the very same array unless a hook replaced it.
 * Where nobody listens that costs one look-up and the rectangular form is never made.
 */
final class Run {
    private final TransformerConfig config;
    private final TokenBatch tokens;
    private final ActiveHooks hooks;

    Run(TransformerConfig config, TokenBatch tokens, ActiveHooks hooks) {
        this.config = config;
        this.tokens = tokens;
        this.hooks = hooks;
    }

    TransformerConfig config() {
        return config;
    }

    TokenBatch tokens() {
        return tokens;
    }

    int batch() {
        return tokens.size();
    }

    int positions() {
        return tokens.positions();
    }

    /** Rows of an activation {@code [batch, pos, …]}. */
    int rows() {
        return batch() * positions();
    }

    boolean listensTo(HookName name) {
        return hooks.listensTo(name);
    }

    ImmutableList<Axis> axes(HookKind kind) {
        return kind.axes(config, batch(), positions());
    }

    /** A new array of an activation's full size; that it fits was checked before the run. */
    double[] allocate(HookKind kind) {
        return new double[Math.toIntExact(Tensor.length(axes(kind)))];
    }

    /** Shows an activation of full size to whoever listens. */
    double[] hooked(HookName name, double[] values) {
        if (!hooks.listensTo(name)) {
            return values;
        }
        ImmutableList<Axis> axes = axes(name.kind());
        return hooks.fire(new HookPoint(name, axes), Tensor.adopt(values, axes))
                .map(Tensor::toArray)
                .orElse(values);
    }

    /** The same for rows that may be narrower than the activation's last axis: shown padded with zeros. */
    Rows hooked(HookName name, Rows narrow) {
        if (!hooks.listensTo(name)) {
            return narrow;
        }
        int full = axes(name.kind()).get(2).size();
        double[] padded = allocate(name.kind());
        narrow.copyInto(padded, 0, full);
        double[] after = hooked(name, padded);
        return after == padded ? narrow : new Rows(after, full);
    }

    /** The same for each head's rows, shown as {@code [batch, pos, head, …]} with zeros for what is not there. */
    HeadRows hooked(HookName name, HeadRows ragged) {
        if (!hooks.listensTo(name)) {
            return ragged;
        }
        int width = axes(name.kind()).get(3).size();
        double[] padded = ragged.pad(allocate(name.kind()), config.nHeads(), width);
        double[] after = hooked(name, padded);
        return after == padded ? ragged : HeadRows.unpad(after, config.nHeads(), width);
    }
}
