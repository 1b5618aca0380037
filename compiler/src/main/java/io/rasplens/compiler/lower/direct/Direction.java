package io.rasplens.compiler.lower.direct;

import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Comparator;
import java.util.Optional;

/**
 * One direction of the residual stream.
 *
 * @param special true for BOS and PAD, which a user's token may be spelled like
 */
record Direction(String name, Optional<Value> value, boolean special) {
    /** 1 on every token. */
    static final Direction ONE = new Direction("one", Optional.empty(), false);

    /** By name, then by value; a number's direction before one-hot ones of the same name, a special after its namesake. */
    static final Comparator<Direction> ORDER = Comparator.comparing((Direction d) -> d.name())
            .thenComparing(d -> d.value(), (a, b) -> compareValues(a, b))
            .thenComparing(d -> d.special());

    static Direction of(String name, Value value) {
        return new Direction(name, Optional.of(value), false);
    }

    static Direction number(String name) {
        return new Direction(name, Optional.empty(), false);
    }

    static Direction special(String name, Value value) {
        return new Direction(name, Optional.of(value), true);
    }

    ResidualLabel label() {
        return new ResidualLabel(name, value);
    }

    private static int compareValues(Optional<Value> left, Optional<Value> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isPresent(), right.isPresent());
        }
        return Values.ORDER.compare(left.get(), right.get());
    }
}
