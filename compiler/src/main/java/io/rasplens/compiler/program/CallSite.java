package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * A call that was being worked on when a node was made, inside the call around it. Chains share their outer part and may be
 * thousands long, so a call is equal only to itself.
 */
public final class CallSite {
    private static final int SHOWN = 6;

    private final String signature;
    private final Span place;
    private final @Nullable CallSite outer;
    private final int depth;

    /**
     * A call inside another, or inside none.
     *
     * @param signature the function, as in {@code shift(seq, n, filler)}
     * @param place the expression that calls it
     */
    public CallSite(String signature, Span place, @Nullable CallSite outer) {
        this.signature = signature;
        this.place = place;
        this.outer = outer;
        this.depth = outer == null ? 1 : outer.depth + 1;
    }

    public String signature() {
        return signature;
    }

    public Span place() {
        return place;
    }

    public @Nullable CallSite outer() {
        return outer;
    }

    /** How many calls the chain has. */
    public int depth() {
        return depth;
    }

    /** The chain in lines for a diagnostic, innermost first: {@code in f(a), called at test.rasp:2:19}. */
    public static ImmutableList<String> notes(@Nullable CallSite innermost) {
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        CallSite call = innermost;
        for (int shown = 0; call != null; shown++) {
            if (shown == SHOWN) {
                notes.add("… and " + call.depth + " more calls");
                break;
            }
            notes.add("in " + call.signature + ", called at " + call.place);
            call = call.outer;
        }
        return notes.build();
    }
}
