package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Streams;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.grammar.value.Value;

/** What exactly a direction holds, before directions have numbers. */
public sealed interface DirectionMeaning {

    /** The s-op that it tells of. */
    String sop();

    /** Something that takes no other direction to say. */
    record Alone(String sop, Holds holds) implements DirectionMeaning {}

    /** {@link Holds.Rest}: {@code scale} times the direction and {@code others} add up to the s-op's number. */
    record Beside(String sop, double scale, LinearForm others) implements DirectionMeaning {}

    /** What a direction holds that takes the place of two which everybody reads alike. */
    default DirectionMeaning and(DirectionMeaning other) {
        if (this instanceof Alone one
                && other instanceof Alone two
                && one.holds() instanceof Holds.Indicator a
                && two.holds() instanceof Holds.Indicator b
                && a.name().equals(b.name())
                && a.scale() == b.scale()) {
            ImmutableList<Value> values = Streams.concat(a.values().stream(), b.values().stream())
                    .collect(ImmutableSet.<Value>toImmutableSet())
                    .asList();
            return new Alone(sop(), new Holds.Indicator(a.name(), values, a.scale(), a.offset() + b.offset()));
        }
        return new Alone(sop(), new Holds.Helper(sop(), "a part of " + sop() + " and of " + other.sop()));
    }
}
