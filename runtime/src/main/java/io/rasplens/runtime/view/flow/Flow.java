package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;

/**
 * How an s-op's values on one input come about: the data of the picture.
 *
 * @param sop the s-op's name
 * @param boxes in topological order; the last one is the s-op itself
 * @param arrows sorted by reader, then by source
 * @param folded how many named s-ops were left out to keep the picture readable
 */
public record Flow(
        String sop,
        ImmutableList<Value> input,
        ImmutableList<FlowBox> boxes,
        ImmutableList<FlowArrow> arrows,
        int folded) {

    /** The attention steps of the deepest box. */
    public int layers() {
        return boxes.stream().mapToInt(FlowBox::layer).max().orElse(0);
    }
}
