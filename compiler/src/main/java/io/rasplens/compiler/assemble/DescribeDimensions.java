package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.DirectionMeaning;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.StreamForm;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says what residual dimensions hold: from the glossary of the circuit, and of what only the embedding writes from the embedding. */
final class DescribeDimensions {
    private static final double EXACT = 1e-12;

    private final Circuit circuit;
    private final Coordinates coordinates;
    private final Map<Direction, Integer> numbers = new HashMap<>();
    private final Set<Direction> written = new HashSet<>();

    DescribeDimensions(Circuit circuit, Coordinates coordinates) {
        this.circuit = circuit;
        this.coordinates = coordinates;
        List<Dimension> dimensions = coordinates.dimensions();
        for (int d = 0; d < dimensions.size(); d++) {
            int number = d;
            dimensions.get(d).direction().ifPresent(direction -> numbers.put(direction, number));
        }
        for (Block block : circuit.blocks()) {
            block.heads()
                    .forEach(head -> head.values()
                            .forEach(v -> written.addAll(v.output().terms().keySet())));
            block.units().forEach(u -> written.addAll(u.output().terms().keySet()));
        }
    }

    ImmutableList<Holds> all() {
        return coordinates.dimensions().stream().map(this::holds).collect(ImmutableList.toImmutableList());
    }

    /** The s-op that a direction tells of. */
    String sop(Direction direction) {
        DirectionMeaning meaning = circuit.glossary().meanings().get(direction);
        return meaning == null ? base(direction) : meaning.sop();
    }

    int number(Direction direction) {
        Integer number = numbers.get(direction);
        if (number == null) {
            throw new IllegalStateException("no number for direction " + direction);
        }
        return number;
    }

    /** The constant 1 has no dimension to whoever reads it. */
    StreamForm form(LinearForm form) {
        ImmutableList.Builder<StreamForm.Weighted> terms = ImmutableList.builder();
        form.terms().forEach((direction, c) -> {
            if (!direction.equals(Direction.ONE)) {
                terms.add(new StreamForm.Weighted(number(direction), c));
            }
        });
        return new StreamForm(terms.build(), form.constant());
    }

    /** Whether all that a form reads is in the model: what nobody reads is left out, though a meaning may speak of it. */
    private boolean stands(LinearForm form) {
        return form.terms().keySet().stream().allMatch(d -> d.equals(Direction.ONE) || numbers.containsKey(d));
    }

    private Holds holds(Dimension dimension) {
        if (dimension.direction().isEmpty()) {
            return new Holds.Indicator(
                    "tokens", ImmutableList.of(dimension.value().orElseThrow()), 1, 0);
        }
        Direction direction = dimension.direction().get();
        if (direction.equals(Direction.BOS)) {
            return new Holds.OfBos();
        }
        if (direction.equals(Direction.ONE)) {
            return new Holds.Everywhere(1);
        }
        DirectionMeaning meaning = circuit.glossary().meanings().get(direction);
        if (meaning instanceof DirectionMeaning.Beside beside && stands(beside.others())) {
            LinearForm others = beside.others().minus(LinearForm.constant(beside.scale() * dimension.offset()));
            return new Holds.Rest(beside.sop(), beside.scale(), form(others));
        }
        if (meaning instanceof DirectionMeaning.Alone alone) {
            return alone.holds().plus(dimension.offset());
        }
        return written.contains(direction)
                ? new Holds.Helper(base(direction), direction.toString())
                : embedded(direction);
    }

    /** Without the number that tells directions of one name apart. */
    private static String base(Direction direction) {
        return TrueLabels.withoutNumber(direction.feature().name());
    }

    private Holds embedded(Direction direction) {
        var byToken = new TreeMap<Value, Double>(Values.ORDER);
        circuit.tokens().forEach((token, form) -> byToken.put(token, at(form, direction)));
        var byPosition = new TreeMap<Value, Double>(Values.ORDER);
        for (int i = 0; i < circuit.positions().size(); i++) {
            byPosition.put(Value.of(i), at(circuit.positions().get(i), direction));
        }
        boolean tokens = isSomething(byToken.values());
        boolean positions = isSomething(byPosition.values());
        if (tokens == positions) {
            return new Holds.Helper(base(direction), direction.toString());
        }
        return table(tokens ? "tokens" : "indices", tokens ? byToken : byPosition);
    }

    private static Holds table(String name, Map<Value, Double> table) {
        Map<Value, Double> on = Maps.filterValues(table, x -> x != 0);
        if (on.size() < table.size() && Set.copyOf(on.values()).size() == 1) {
            double scale = on.values().iterator().next();
            return new Holds.Indicator(name, ImmutableList.copyOf(on.keySet()), scale, 0);
        }
        double[] numbers = table.values().stream().mapToDouble(x -> x).toArray();
        if (name.equals("indices") && numbers.length > 1) {
            double step = numbers[1] - numbers[0];
            boolean isLine = true;
            for (int i = 0; i < numbers.length; i++) {
                isLine &= Math.abs(numbers[0] + step * i - numbers[i]) <= EXACT * Math.max(1, Math.abs(numbers[i]));
            }
            if (isLine) {
                return new Holds.PowersOf(name, ImmutableDoubleArray.of(numbers[0], step));
            }
        }
        return new Holds.Coded(name, ImmutableList.copyOf(table.keySet()), ImmutableDoubleArray.copyOf(numbers));
    }

    private static boolean isSomething(Collection<Double> numbers) {
        return numbers.stream().anyMatch(x -> x != 0);
    }

    private static double at(LinearForm form, Direction direction) {
        return form.terms().getOrDefault(direction, 0.0);
    }
}
