package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.program.SOp;

/** What attention brings into the residual stream: aggregates, widths and the input's length. */
public interface AttentionReadings {

    /** True if the node stands in the stream as a one-hot; else it is a number, and its one-hot made by whoever needs it. */
    boolean isOneHot(SOp node);

    Signal number(SOp node);

    OneHot oneHot(SOp node);

    /** True if the s-op is a count that stands in the stream squeezed, for steps to read; see {@link #held}. */
    boolean isSqueezed(SOp sop);

    /** What stands in the stream for an s-op that is squeezed. */
    Signal squeezed(SOp sop);

    /**
     * What {@link #squeezed} is where the s-op is {@code number}. Of several heads' sum, and of a total, that is the middle of what can
     * stand there.
     */
    double held(SOp sop, double number);

    /** How far {@link #squeezed} may be from {@link #held}. */
    double blur(SOp sop);

    /** The input's length. */
    Signal length();
}
