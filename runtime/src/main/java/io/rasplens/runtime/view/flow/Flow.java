package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

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
        return part(box -> box.layer() == layer, FlowBox::layer, OptionalInt.of(layer - 1))
                .flow();
    }

    /** Some boxes of the flow, and the others that they read before them, in a layer of their own. */
    FlowPart part(Predicate<FlowBox> own) {
        int first = boxes.stream().filter(own).mapToInt(FlowBox::layer).min().orElse(0);
        return part(own, carried -> first - 1, only);
    }

    private FlowPart part(Predicate<FlowBox> own, ToIntFunction<FlowBox> layerOfOthers, OptionalInt alone) {
        Set<Integer> kept = new TreeSet<>();
        var lines = new ArrayList<FlowArrow>();
        boxes.stream().filter(own).forEach(box -> kept.add(box.id()));
        for (FlowArrow arrow : arrows) {
            if (own.test(boxes.get(arrow.to()))) {
                kept.add(arrow.from());
                lines.add(arrow);
            }
        }
        ImmutableList<Integer> old = ImmutableList.copyOf(kept);
        var shown = ImmutableList.<FlowBox>builder();
        var carried = ImmutableSet.<Integer>builder();
        for (int id = 0; id < old.size(); id++) {
            FlowBox box = boxes.get(old.get(id));
            shown.add(box.moved(id, own.test(box) ? box.layer() : layerOfOthers.applyAsInt(box)));
            if (!own.test(box)) {
                carried.add(id);
            }
        }
        OptionalInt place = output.isPresent() && kept.contains(output.getAsInt())
                ? OptionalInt.of(old.indexOf(output.getAsInt()))
                : OptionalInt.empty();
        ImmutableList<FlowArrow> moved = lines.stream()
                .map(arrow -> new FlowArrow(old.indexOf(arrow.from()), old.indexOf(arrow.to()), arrow.role()))
                .collect(ImmutableList.toImmutableList());
        return new FlowPart(new Flow(sop, input, shown.build(), place, moved, 0, alone), carried.build());
    }
}
