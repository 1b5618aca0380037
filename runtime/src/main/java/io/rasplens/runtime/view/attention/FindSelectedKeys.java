package io.rasplens.runtime.view.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.HeadPart;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.Optional;

/**
 * Finds the keys that the heads of a model select on an input, by what the compiler says of their scores: no threshold on a pattern tells.
 * A model that doesn't say what its parts are has no such keys.
 */
public final class FindSelectedKeys {
    private final Optional<Anatomy> anatomy;
    private final ActivationCache scores;

    private FindSelectedKeys(ActivationCache scores) {
        this.anatomy = scores.model().provenance().anatomy();
        this.scores = scores;
    }

    /**
     * Of the input of a run; of several the first.
     *
     * @param cache of the run, with the scores in it
     */
    public static FindSelectedKeys in(ActivationCache cache) {
        return new FindSelectedKeys(cache);
    }

    /** Of an input that the model is run on for that. */
    public static FindSelectedKeys on(HookedTransformer model, TokenBatch tokens) {
        HookFilter wanted = HookFilter.where("attention scores", name -> name.kind() == HookKind.ATTN_SCORES);
        return new FindSelectedKeys(
                model.runWithCache(tokens, RunOptions.PLAIN.names(wanted)).cache());
    }

    /** The keys of a head; empty if the model doesn't say. */
    public Optional<KeyMask> of(int layer, int head) {
        return part(layer, head).map(part -> {
            Tensor matrix = scores.attnScores(layer).slice("batch", 0).slice("head", head);
            boolean hasBos = scores.model().encoder().isPresent();
            return KeyMask.selected(
                    part.selected(), matrix::get, scores.tokens().positions(), hasBos);
        });
    }

    private Optional<HeadPart> part(int layer, int head) {
        ImmutableList<ImmutableList<HeadPart>> heads =
                anatomy.map(Anatomy::heads).orElse(ImmutableList.of());
        return layer < heads.size() && head < heads.get(layer).size()
                ? Optional.of(heads.get(layer).get(head))
                : Optional.empty();
    }
}
