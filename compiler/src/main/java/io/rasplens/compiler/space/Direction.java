package io.rasplens.compiler.space;

import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Comparator;
import java.util.Optional;

/**
 * A named direction of the residual stream. Every direction but {@link #BOS} is exactly 0 on the BOS token, in every layer:
 * what is read there can be added up without a correction.
 *
 * @param name the s-op or internal quantity it belongs to
 * @param value for a one-hot direction, the value it stands for; empty for a direction that carries a number
 */
public record Direction(String name, Optional<Value> value) implements Comparable<Direction> {
    /** 1 on the BOS token, 0 elsewhere. */
    public static final Direction BOS = new Direction("bos", Optional.empty());

    /** 1 on every token but BOS. */
    public static final Direction ONE = new Direction("one", Optional.empty());

    /** Constants last: units that differ in their constants alone then add them to one and the same sum. */
    private static final Comparator<Direction> ORDER = Comparator.comparing(Direction::isConstant)
            .thenComparing(Direction::name)
            .thenComparing(d -> d.value.isPresent())
            .thenComparing(
                    (a, b) -> a.value.isEmpty() ? 0 : Values.ORDER.compare(a.value.get(), b.value.orElseThrow()));

    public static Direction number(String name) {
        return new Direction(name, Optional.empty());
    }

    public static Direction oneHot(String name, Value value) {
        return new Direction(name, Optional.of(value));
    }

    private boolean isConstant() {
        return equals(BOS) || equals(ONE);
    }

    @Override
    public int compareTo(Direction other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value.map(v -> name + "=" + v.repr()).orElse(name);
    }
}
