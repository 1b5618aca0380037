package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableSet;

/**
 * Some boxes of a flow, with what they read of the rest.
 *
 * @param flow a flow of its own, numbered anew
 * @param carried which of its boxes are the rest's: they stand in a layer before all others, and read nothing here
 */
record FlowPart(Flow flow, ImmutableSet<Integer> carried) {
    static FlowPart whole(Flow flow) {
        return new FlowPart(flow, ImmutableSet.of());
    }

    /** What the stripe of a layer is called. */
    String bandName(int layer) {
        boolean before = carried.stream().anyMatch(id -> flow.boxes().get(id).layer() == layer);
        return before ? "from above" : flow.bandName(layer);
    }
}
