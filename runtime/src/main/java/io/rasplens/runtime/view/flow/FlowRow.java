package io.rasplens.runtime.view.flow;

/** A stretch of a flow that is drawn in one go, and where everything of it stands. */
record FlowRow(FlowPart part, FlowLayout layout) {
    static FlowRow of(FlowPart part, FlowDirection direction) {
        return new FlowRow(part, LayFlowOut.layOut(part.flow(), direction));
    }
}
