package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;

/** The values an s-op can take at any position of any input on which it succeeds; perhaps some more. */
public sealed interface ValueSet {

    /**
     * All of them.
     *
     * @param values distinct by kind and value, in {@link io.rasplens.grammar.value.Values#ORDER}
     * @param exact false where sums of floats may differ from the listed number in the last digits, by the order of adding
     */
    record Finite(ImmutableList<Value> values, boolean exact) implements ValueSet {
        @Override
        public boolean isNumeric() {
            return values.stream().allMatch(Value::isNumeric);
        }
    }

    /**
     * Numbers too many to list, between two bounds (inclusive).
     *
     * @param grid what keeps them apart, if anything is known to
     */
    record Interval(double low, double high, Optional<Grid> grid) implements ValueSet {
        Interval(double low, double high) {
            this(low, high, Optional.empty());
        }

        /** The greatest magnitude between the bounds. */
        double magnitude() {
            return Math.max(-low, high);
        }

        Interval on(Optional<Grid> other) {
            return new Interval(low, high, other);
        }

        @Override
        public boolean isNumeric() {
            return true;
        }
    }

    /** True if no value is a string. */
    boolean isNumeric();

    /** True if all values are known, one by one. */
    default boolean isListed() {
        return this instanceof Finite;
    }

    /** True if all values are numbers, listed or not, with neither bools nor strings among them. */
    default boolean isNumber() {
        return !(this instanceof Finite finite) || finite.values().stream().allMatch(Values::isNumber);
    }

    /** Least and greatest number among the values. */
    default NumberRange range() {
        return this instanceof Interval interval
                ? new NumberRange(interval.low(), interval.high())
                : NumberRange.of(((Finite) this).values());
    }
}
