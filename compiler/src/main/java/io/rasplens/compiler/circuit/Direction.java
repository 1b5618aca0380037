package io.rasplens.compiler.circuit;

import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Comparator;
import java.util.Optional;

/**
 * A direction of the residual stream. Every direction but {@link #BOS} is exactly 0 on the BOS token, in every layer: what is read there
 * can be added up without a correction.
 *
 * @param feature what it belongs to
 * @param value for a one-hot direction, the value it stands for; empty for a direction that carries a number
 */
public record Direction(Feature feature, Optional<Value> value) implements Comparable<Direction> {
    /** 1 on the BOS token, 0 elsewhere. */
    public static final Direction BOS = number(Feature.BOS);

    /** 1 on every token but BOS. */
    public static final Direction ONE = number(Feature.ONE);

    private static final Comparator<Direction> ORDER = Comparator.comparing(Direction::feature)
            .thenComparing(d -> d.value.isPresent())
            .thenComparing(
                    (a, b) -> a.value.isEmpty() ? 0 : Values.ORDER.compare(a.value.get(), b.value.orElseThrow()));

    public static Direction number(Feature feature) {
        return new Direction(feature, Optional.empty());
    }

    public static Direction oneHot(Feature feature, Value value) {
        return new Direction(feature, Optional.of(value));
    }

    @Override
    public int compareTo(Direction other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value.map(v -> feature.name() + "=" + v.repr()).orElse(feature.name());
    }
}
