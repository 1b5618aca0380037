package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@link Layout.Tracr}. The stream holds a 1 on every token, BOS too, so that the circuit's {@code one} is that less BOS's own direction.
 *
 * <p>A constant in a head's values is left out where it can be, as every query's weights sum to 1: what the head writes is then
 * greater or less by that constant, at BOS as elsewhere, and whoever reads it takes that off again. So the default of an aggregate stands
 * in BOS's row of W_V, and a counting head reads nothing but BOS.
 */
final class TracrCoordinates implements Coordinates {

    /** A dimension: a direction of the circuit, or one that only this layout has. */
    private record TracrDimension(ResidualLabel label, boolean special, Optional<Direction> direction) {}

    private final ImmutableList<TracrDimension> slots;
    private final Map<Direction, Integer> numbers = new HashMap<>();
    private final int one;
    private final int pad;

    /** How much more a dimension holds than its direction. */
    private final Map<Direction, Double> offsets = new HashMap<>();

    private final int dHead;

    TracrCoordinates(Circuit circuit, Layout.Tracr layout) {
        this.dHead = layout.dHead();
        String tokens = layout.tokens().name();
        var all = new ArrayList<TracrDimension>();
        for (Direction direction : circuit.directions()) {
            if (direction.equals(Direction.BOS)) {
                all.add(special(tokens, TokenEncoder.BOS_NAME, Optional.of(direction)));
            } else {
                var label = new ResidualLabel(direction.feature().name(), direction.value());
                all.add(new TracrDimension(label, false, Optional.of(direction)));
            }
        }
        TracrDimension padding = special(tokens, TokenEncoder.PAD_NAME, Optional.empty());
        all.add(padding);
        all.sort(ORDER);
        this.slots = ImmutableList.copyOf(all);
        for (int i = 0; i < slots.size(); i++) {
            int number = i;
            slots.get(i).direction().ifPresent(direction -> numbers.put(direction, number));
        }
        this.one = number(Direction.ONE);
        this.pad = slots.indexOf(padding);
        circuit.blocks().forEach(this::offset);
    }

    /** By name, then by value; a number's direction before one-hot ones of the same name, a special after its namesake. */
    private static final Comparator<TracrDimension> ORDER = Comparator.comparing(
                    (TracrDimension slot) -> slot.label().sop())
            .thenComparing(slot -> slot.label().value(), TracrCoordinates::compareValues)
            .thenComparing(TracrDimension::special);

    private static int compareValues(Optional<Value> left, Optional<Value> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isPresent(), right.isPresent());
        }
        return Values.ORDER.compare(left.get(), right.get());
    }

    private static TracrDimension special(String tokens, Value name, Optional<Direction> direction) {
        return new TracrDimension(new ResidualLabel(tokens, Optional.of(name)), true, direction);
    }

    /** What the block's heads write more than they should. */
    private void offset(Block block) {
        Map<Direction, Double> more = new HashMap<>();
        for (Head head : block.heads()) {
            for (ValueTerm value : head.values()) {
                double left = everywhere(value.value());
                value.output().terms().forEach((direction, c) -> more.merge(direction, -left * c, Double::sum));
            }
        }
        more.forEach((direction, offset) -> offsets.merge(direction, offset, Double::sum));
    }

    /** What a form adds on every token, so that it gets its value from dimensions that hold more or less than their directions. */
    private double everywhere(LinearForm form) {
        double constant = form.constant();
        for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
            constant -= term.getValue() * offsets.getOrDefault(term.getKey(), 0.0);
        }
        return constant;
    }

    @Override
    public ImmutableList<ResidualLabel> labels() {
        return slots.stream().map(TracrDimension::label).collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Origin> origins(DirectionOrigins directions) {
        List<Origin> origins = new ArrayList<>();
        for (TracrDimension slot : slots) {
            String name = slot.label().sop();
            if (slot.special()) {
                origins.add(new Origin(name, "1 at the token " + slot.label().text(), Optional.empty()));
            } else if (slot.direction().equals(Optional.of(Direction.ONE))) {
                origins.add(new Origin(name, "1 at every position", Optional.empty()));
            } else {
                origins.add(directions.of(slot.direction().orElseThrow()));
            }
        }
        return ImmutableList.copyOf(origins);
    }

    @Override
    public ImmutableList<Dimension> dimensions() {
        return slots.stream()
                .map(slot -> new Dimension(
                        slot.direction(),
                        slot.label().value(),
                        slot.direction().map(d -> offsets.getOrDefault(d, 0.0)).orElse(0.0)))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public double writtenBeside(LinearForm value) {
        return -everywhere(value);
    }

    @Override
    public CoordinateRow bos() {
        return new CoordinateRow(ImmutableMap.of(one, 1.0, number(Direction.BOS), 1.0), 0);
    }

    @Override
    public CoordinateRow pad() {
        return new CoordinateRow(ImmutableMap.of(one, 1.0, pad, 1.0), 0);
    }

    @Override
    public CoordinateRow token(LinearForm form) {
        Map<Integer, Double> weights = written(form);
        weights.put(one, 1.0);
        return new CoordinateRow(ImmutableMap.copyOf(weights), 0);
    }

    @Override
    public CoordinateRow position(LinearForm form) {
        return output(form.minus(LinearForm.constant(form.constant())));
    }

    @Override
    public CoordinateRow query(LinearForm form, boolean guardsBos) {
        return read(form);
    }

    @Override
    public CoordinateRow key(LinearForm form) {
        return read(form);
    }

    /** Without what it would add everywhere; see {@link #offset}. */
    @Override
    public CoordinateRow value(LinearForm form) {
        Map<Integer, Double> weights = new TreeMap<>(read(form).weights());
        weights.remove(one);
        return new CoordinateRow(ImmutableMap.copyOf(weights), 0);
    }

    /** Of a constant below 0 nothing comes through at BOS in any case. */
    @Override
    public CoordinateRow unit(LinearForm form) {
        boolean plain = form.terms().keySet().stream().noneMatch(offsets::containsKey);
        return plain && form.constant() <= 0 ? new CoordinateRow(ImmutableMap.copyOf(written(form)), 0) : read(form);
    }

    @Override
    public CoordinateRow output(LinearForm form) {
        return new CoordinateRow(ImmutableMap.copyOf(written(form)), 0);
    }

    @Override
    public CoordinateRow logit(LinearForm form) {
        return read(form);
    }

    @Override
    public int dHead(int needed) {
        return Math.max(dHead, needed);
    }

    @Override
    public int least() {
        return 1;
    }

    private CoordinateRow read(LinearForm form) {
        Map<Integer, Double> weights = written(form.minus(LinearForm.constant(form.constant())));
        weights.merge(one, everywhere(form), Double::sum);
        weights.merge(number(Direction.BOS), -form.constant(), Double::sum);
        weights.values().removeIf(weight -> weight == 0);
        return new CoordinateRow(ImmutableMap.copyOf(weights), 0);
    }

    private Map<Integer, Double> written(LinearForm form) {
        Map<Integer, Double> weights = new TreeMap<>();
        form.terms().forEach((direction, c) -> weights.put(number(direction), c));
        return weights;
    }

    private int number(Direction direction) {
        Integer number = numbers.get(direction);
        if (number == null) {
            throw new IllegalStateException("no number for direction " + direction);
        }
        return number;
    }
}
