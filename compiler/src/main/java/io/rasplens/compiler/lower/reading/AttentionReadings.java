package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.program.SOp;

/** What attention brings into the residual stream: aggregates, widths and the input's length. */
public interface AttentionReadings {

    /** True if the node stands in the stream as a one-hot; else it is a number, and its one-hot made by whoever needs it. */
    boolean isOneHot(SOp node);

    Signal number(SOp node);

    OneHot oneHot(SOp node);

    /** The input's length. */
    Signal length();
}
