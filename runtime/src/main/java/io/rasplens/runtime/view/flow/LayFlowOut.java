package io.rasplens.runtime.view.flow;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds a place for everything: rows from the top to the bottom in the order of the computation, long arrows led around the
 * boxes in between, one trunk per source however many readers it has.
 */
final class LayFlowOut {
    static final double MARGIN = 24;

    /** Beside the boxes, for the layers' names: left of them where they go down, above them where they go right. */
    static final double GUTTER = 86;

    private static final double GUTTER_ABOVE = 24;

    private static final double ROW_GAP = 40;
    private static final double BAND_PADDING = 16;

    private final Flow flow;
    private final FlowDirection direction;
    private final List<BoxShape> shapes = new ArrayList<>();
    private final List<List<Slot>> ranks = new ArrayList<>();
    private final Slot[] slots;

    /** Where the trunk of a box passes a row. */
    private final Table<Integer, Integer, Slot> passing = HashBasedTable.create();

    private double[] top = {};
    private double[] bottom = {};

    private LayFlowOut(Flow flow, FlowDirection direction) {
        this.flow = flow;
        this.direction = direction;
        this.slots = new Slot[flow.boxes().size()];
    }

    static FlowLayout layOut(Flow flow) {
        return layOut(flow, FlowDirection.DOWN);
    }

    static FlowLayout layOut(Flow flow, FlowDirection direction) {
        return new LayFlowOut(flow, direction).run();
    }

    private FlowLayout run() {
        flow.boxes().forEach(box -> shapes.add(BoxShape.of(box, flow.input(), direction.columns())));
        makeSlots();
        flow.arrows().forEach(this::connect);
        OrderRanks.order(ranks);
        PlaceRanks.place(ranks);
        shiftToMargin();
        ImmutableList<FlowLayout.Band> bands = placeRows();
        double width = ranks.stream()
                        .flatMap(List::stream)
                        .mapToDouble(slot -> slot.x + slot.width / 2)
                        .max()
                        .orElse(0)
                + MARGIN;
        double length = bottom[bottom.length - 1] + BAND_PADDING;
        return direction == FlowDirection.DOWN
                ? new FlowLayout(boxes(), lines(), bands, width, length)
                : new FlowLayout(boxes(), lines(), bands, length, width);
    }

    private void makeSlots() {
        int[] rank = RankBoxes.rank(
                flow, shapes.stream().mapToDouble(direction::across).toArray());
        for (FlowBox box : flow.boxes()) {
            int row = rank[box.id()];
            while (ranks.size() <= row) {
                ranks.add(new ArrayList<>());
            }
            var slot = Slot.forBox(box.id(), row, direction.across(shapes.get(box.id())));
            slots[box.id()] = slot;
            ranks.get(row).add(slot);
        }
    }

    private void connect(FlowArrow arrow) {
        Slot from = slots[arrow.from()];
        Slot to = slots[arrow.to()];
        Slot last = from;
        for (int rank = from.rank + 1; rank < to.rank; rank++) {
            Slot next = passing.get(arrow.from(), rank);
            if (next == null) {
                next = Slot.passing(arrow.from(), rank);
                passing.put(arrow.from(), rank, next);
                ranks.get(rank).add(next);
                last.leadsTo(next);
            }
            last = next;
        }
        last.leadsTo(to);
    }

    private void shiftToMargin() {
        double left = ranks.stream()
                .flatMap(List::stream)
                .mapToDouble(slot -> slot.x - slot.width / 2)
                .min()
                .orElse(0);
        double gutter = direction == FlowDirection.DOWN ? GUTTER : GUTTER_ABOVE;
        ranks.stream().flatMap(List::stream).forEach(slot -> slot.x += MARGIN + gutter - left);
    }

    private ImmutableList<FlowLayout.Band> placeRows() {
        top = new double[ranks.size()];
        bottom = new double[ranks.size()];
        var bands = ImmutableList.<FlowLayout.Band>builder();
        double y = 0;
        double bandTop = 0;
        for (int rank = 0; rank < ranks.size(); rank++) {
            boolean first = rank == 0 || layer(rank) != layer(rank - 1);
            boolean last = rank == ranks.size() - 1 || layer(rank) != layer(rank + 1);
            bandTop = first ? y : bandTop;
            top[rank] = y + (first ? (rank == 0 ? BAND_PADDING : ROW_GAP * 0.75) : ROW_GAP / 2);
            bottom[rank] = top[rank]
                    + ranks.get(rank).stream()
                            .filter(slot -> !slot.passing)
                            .mapToDouble(slot -> direction.along(shapes.get(slot.box)))
                            .max()
                            .orElse(0);
            y = bottom[rank] + (last ? BAND_PADDING : ROW_GAP / 2);
            if (last) {
                bands.add(new FlowLayout.Band(layer(rank), bandTop, y));
            }
        }
        return bands.build();
    }

    private int layer(int rank) {
        return ranks.get(rank).stream()
                .filter(slot -> !slot.passing)
                .mapToInt(slot -> flow.boxes().get(slot.box).layer())
                .findFirst()
                .orElse(0);
    }

    private ImmutableList<FlowLayout.PlacedBox> boxes() {
        return flow.boxes().stream()
                .map(box -> {
                    Slot slot = slots[box.id()];
                    double across = slot.x - slot.width / 2;
                    double along = top[slot.rank];
                    BoxShape shape = shapes.get(box.id());
                    return direction == FlowDirection.DOWN
                            ? new FlowLayout.PlacedBox(box, shape, across, along)
                            : new FlowLayout.PlacedBox(box, shape, along, across);
                })
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<FlowLayout.FlowLine> lines() {
        var lines = ImmutableList.<FlowLayout.FlowLine>builder();
        for (List<Slot> rank : ranks) {
            for (Slot slot : rank) {
                if (slot.passing) {
                    Slot upper = slot.above.get(0);
                    lines.add(stretch(slot.box, upper, slot.x, top[slot.rank], Optional.empty()));
                } else {
                    arrowsInto(slot, lines);
                }
            }
        }
        return lines.build();
    }

    /** Arrows enter a box where the flow reaches it, side by side in the order of where they come from. */
    private void arrowsInto(Slot slot, ImmutableList.Builder<FlowLayout.FlowLine> lines) {
        List<FlowArrow> arrows = flow.arrows().stream()
                .filter(arrow -> arrow.to() == slot.box)
                .sorted(Comparator.comparingDouble(arrow -> upper(arrow).x))
                .toList();
        double left = slot.x - slot.width / 2;
        for (int i = 0; i < arrows.size(); i++) {
            FlowArrow arrow = arrows.get(i);
            double x = left + slot.width * (i + 1) / (arrows.size() + 1);
            lines.add(stretch(arrow.from(), upper(arrow), x, top[slot.rank], Optional.of(arrow.role())));
        }
    }

    /** What the last stretch of an arrow starts from. */
    private Slot upper(FlowArrow arrow) {
        Slot pass = passing.get(arrow.from(), slots[arrow.to()].rank - 1);
        return pass == null ? slots[arrow.from()] : pass;
    }

    private FlowLayout.FlowLine stretch(int from, Slot upper, double x, double y, Optional<FlowArrow.ArrowRole> role) {
        double start = upper.passing ? top[upper.rank] : top[upper.rank] + direction.along(shapes.get(upper.box));
        double straight = bottom[upper.rank] - start;
        return direction == FlowDirection.DOWN
                ? new FlowLayout.FlowLine(from, upper.x, start, straight, x, y, role)
                : new FlowLayout.FlowLine(from, start, upper.x, straight, y, x, role);
    }
}
