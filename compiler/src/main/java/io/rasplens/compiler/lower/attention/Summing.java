package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Optional;

/**
 * A sum to be taken over the keys that a selector selects.
 *
 * @param node what it is taken for
 * @param value what is added up
 * @param words for the sum, where it is not the node itself
 */
record Summing(SOp node, Selector selector, Signal value, Optional<String> words) {
    /** A sum that is the node. */
    Summing(SOp node, Selector selector, Signal value) {
        this(node, selector, value, Optional.empty());
    }

    /** How many keys the node selects. */
    static Summing count(SOp.SelectorWidth node) {
        return new Summing(node, node.selector(), Signal.constant(1));
    }

    boolean isCount() {
        return value.equals(Signal.constant(1));
    }
}
