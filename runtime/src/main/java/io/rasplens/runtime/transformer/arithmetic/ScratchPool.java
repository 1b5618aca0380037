package io.rasplens.runtime.transformer.arithmetic;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Working arrays for the runs of a model, each used by one run at a time, whatever thread it is in. */
public final class ScratchPool {
    private final AtomicReference<@Nullable Link> top = new AtomicReference<>();

    /** A new link each time an array is given back, so that a compare-and-set never takes an old one for the same. */
    private static final class Link {
        final Scratch scratch;
        final @Nullable Link below;

        Link(Scratch scratch, @Nullable Link below) {
            this.scratch = scratch;
            this.below = below;
        }
    }

    public Scratch take() {
        while (true) {
            Link link = top.get();
            if (link == null) {
                return new Scratch();
            }
            if (top.compareAndSet(link, link.below)) {
                return link.scratch;
            }
        }
    }

    public void giveBack(Scratch scratch) {
        if (!scratch.worthKeeping()) {
            return;
        }
        while (true) {
            Link below = top.get();
            if (top.compareAndSet(below, new Link(scratch, below))) {
                return;
            }
        }
    }
}
