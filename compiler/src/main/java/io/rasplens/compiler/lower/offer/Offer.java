package io.rasplens.compiler.lower.offer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Technique;
import java.util.function.Supplier;

/**
 * A way to make something readable, which writes itself when it is taken.
 *
 * @param technique its name, which the parts that it writes carry as where they come from
 * @param cost asked only where another offer may be cheaper, as it may take work to find
 * @param needs what it reads; where that takes hidden units of its own, the offer takes a block more than others
 * @param writing writes it, and says how it is read
 */
public record Offer<R>(Technique technique, Supplier<Cost> cost, ImmutableList<Need> needs, Supplier<R> writing) {

    /** An offer of known cost that is as good as any however what it reads comes about. */
    public static <R> Offer<R> of(Technique technique, Cost cost, Supplier<R> writing) {
        return new Offer<>(technique, () -> cost, ImmutableList.of(), writing);
    }

    /** An offer of known cost that reads something. */
    public static <R> Offer<R> of(Technique technique, Cost cost, ImmutableList<Need> needs, Supplier<R> writing) {
        return new Offer<>(technique, () -> cost, needs, writing);
    }

    public R write() {
        return writing.get();
    }
}
