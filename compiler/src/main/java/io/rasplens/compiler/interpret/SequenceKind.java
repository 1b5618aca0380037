package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The kind of a whole sequence. Bools among numbers count as ints; ints and floats together are floats; strings stand only with
 * strings.
 */
public enum SequenceKind {
    BOOLS,
    STRINGS,
    INTS,
    FLOATS;

    /**
     * The kind of a sequence that passes {@link #firstStranger}.
     *
     * @throws IllegalArgumentException if it is mixed
     */
    public static SequenceKind of(List<? extends Value> values) {
        if (firstStranger(values).isPresent()) {
            throw new IllegalArgumentException("mixed sequence " + Shown.sequence(values));
        }
        if (values.get(0) instanceof StringValue) {
            return STRINGS;
        }
        boolean onlyBools = true;
        boolean onlyInts = true;
        for (Value value : values) {
            onlyBools &= value instanceof BoolValue;
            onlyInts &= value instanceof BoolValue || value instanceof IntValue;
        }
        return onlyBools ? BOOLS : onlyInts ? INTS : FLOATS;
    }

    /** The first position whose value can't stand in a sequence with the value at position 0. */
    public static OptionalInt firstStranger(List<? extends Value> values) {
        boolean strings = values.get(0) instanceof StringValue;
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i) instanceof StringValue != strings) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether several values of such a sequence have a mean. */
    public boolean hasMean() {
        return this == INTS || this == FLOATS;
    }

    /** As the REPL prints it: {@code ints}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
