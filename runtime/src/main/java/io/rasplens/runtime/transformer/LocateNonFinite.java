package io.rasplens.runtime.transformer;

import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookPoint;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs tokens again to find the first point at which a number is infinite or NaN. Hidden scores are -inf, as they should be. */
final class LocateNonFinite {
    private final HookedTransformer model;
    private final TokenBatch tokens;
    private Optional<String> first = Optional.empty();

    LocateNonFinite(HookedTransformer model, TokenBatch tokens) {
        this.model = model;
        this.tokens = tokens;
    }

    /** The error for logits that are not finite. */
    EngineException error() {
        HookFilter everything = HookFilter.where("everything", name -> true);
        Tensor logits = model.forward(tokens, RunOptions.PLAIN.hook(everything, Hook.observe(this::look)));
        String where = first.orElse("the logits, though not in a run without the hooks that were there");
        return new EngineException(
                EngineCode.NOT_FINITE,
                "the logits are not all finite, so they stand for no answer; the first such number is " + where,
                logits.isFinite()
                        ? "look at the hooks of the run that these logits come from"
                        : "weights of such size overflow; look at that point's activation and at the weights before it");
    }

    private void look(Tensor activation, HookPoint point) {
        if (first.isEmpty()) {
            boolean scores = point.name().kind() == HookKind.ATTN_SCORES;
            for (int i = 0; i < activation.length() && first.isEmpty(); i++) {
                double number = activation.at(i);
                if (!Double.isFinite(number) && !(scores && number == Double.NEGATIVE_INFINITY)) {
                    first = Optional.of(number + " at " + point.name() + " " + place(point, i));
                }
            }
        }
    }

    private static String place(HookPoint point, int flat) {
        List<String> parts = new ArrayList<>();
        int rest = flat;
        for (Axis axis : point.axes().reverse()) {
            parts.add(0, axis.name() + " " + rest % axis.size());
            rest /= axis.size();
        }
        return "[" + String.join(", ", parts) + "]";
    }
}
