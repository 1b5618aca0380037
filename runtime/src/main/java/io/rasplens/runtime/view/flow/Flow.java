package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an s-op's values on one input come about: the data of the picture.
 *
 * @param sop the s-op's name
 * @param boxes in topological order
 * @param output which box is the s-op itself; empty where it is not shown
 * @param arrows sorted by reader, then by source
 * @param folded how many named s-ops were left out to keep the picture readable
 * @param only the one attention layer that is shown, from 0, with what it reads; empty where all are
 */
public record Flow(
        String sop,
        ImmutableList<Value> input,
        ImmutableList<FlowBox> boxes,
        OptionalInt output,
        ImmutableList<FlowArrow> arrows,
        int folded,
        OptionalInt only) {

    /** The attention steps of the deepest box. */
    public int layers() {
        return boxes.stream().mapToInt(FlowBox::layer).max().orElse(0);
    }

    /** Whether a box is what the flow is of. Another may be called so too: a name can be bound several times. */
    boolean isOutput(FlowBox box) {
        return output.isPresent() && box.id() == output.getAsInt();
    }

    /** What the stripe of a box's {@link FlowBox#layer} is called: layers of attention count from 0, as everywhere. */
    String bandName(int layer) {
        return layer == 0 ? "input" : "layer " + (layer - 1);
    }

    /** {@code 2 attention layers}, or {@code layer 1 alone}. */
    String extent() {
        int layers = layers();
        return only.isPresent()
                ? "layer " + only.getAsInt() + " alone"
                : layers + " attention layer" + (layers == 1 ? "" : "s");
    }

    /** A picture for each layer: its boxes, and those of earlier layers that they read. */
    public ImmutableList<Flow> byLayer() {
        var flows = ImmutableList.<Flow>builder();
        for (int layer = 1; layer <= layers(); layer++) {
            flows.add(alone(layer));
        }
        return flows.build();
    }

    private Flow alone(int layer) {
        Set<Integer> kept = new TreeSet<>();
        for (FlowBox box : boxes) {
            if (box.layer() == layer) {
                kept.add(box.id());
            }
        }
        for (FlowArrow arrow : arrows) {
            if (boxes.get(arrow.to()).layer() == layer) {
                kept.add(arrow.from());
            }
        }
        ImmutableList<Integer> old = ImmutableList.copyOf(kept);
        var shown = ImmutableList.<FlowBox>builder();
        for (int id = 0; id < old.size(); id++) {
            shown.add(boxes.get(old.get(id)).numbered(id));
        }
        var lines = ImmutableList.<FlowArrow>builder();
        for (FlowArrow arrow : arrows) {
            if (boxes.get(arrow.to()).layer() == layer) {
                lines.add(new FlowArrow(old.indexOf(arrow.from()), old.indexOf(arrow.to()), arrow.role()));
            }
        }
        OptionalInt place = output.isPresent() && kept.contains(output.getAsInt())
                ? OptionalInt.of(old.indexOf(output.getAsInt()))
                : OptionalInt.empty();
        return new Flow(sop, input, shown.build(), place, lines.build(), 0, OptionalInt.of(layer - 1));
    }
}
