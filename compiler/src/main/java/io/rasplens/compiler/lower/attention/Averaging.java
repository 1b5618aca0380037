package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/**
 * A mean to be taken over the keys that a node selects.
 *
 * @param value what is averaged
 * @param range what {@code value} can be
 * @param fallback what comes out where nothing is selected
 * @param words for the mean, where it is not the node itself
 */
record Averaging(SOp.Aggregate node, Signal value, NumberRange range, double fallback, Optional<String> words) {
    /** A mean that is the node. */
    Averaging(SOp.Aggregate node, Signal value, NumberRange range, double fallback) {
        this(node, value, range, fallback, Optional.empty());
    }
}
