package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;

/**
 * A sum to be taken over the keys that a selector selects.
 *
 * @param node what it is taken for
 * @param value what is added up
 */
record Summing(SOp node, Selector selector, Signal value) {

    /** How many keys the node selects. */
    static Summing count(SOp.SelectorWidth node) {
        return new Summing(node, node.selector(), Signal.constant(1));
    }

    boolean isCount() {
        return value.equals(Signal.constant(1));
    }
}
