package io.rasplens.compiler.circuit;

import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    public static Direction number(Feature feature) {
        return new Direction(feature, Optional.empty());
    }

    public static Direction oneHot(Feature feature, Value value) {
        return new Direction(feature, Optional.of(value));
    }

    /** A feature's number comes before its values. */
    @Override
    public int compareTo(Direction other) {
        if (this == other) {
            return 0;
        }
        int byFeature = feature.compareTo(other.feature);
        if (byFeature != 0 || value.isEmpty() || other.value.isEmpty()) {
            return byFeature != 0 ? byFeature : Boolean.compare(value.isPresent(), other.value.isPresent());
        }
        return Values.ORDER.compare(value.get(), other.value.get());
    }

    /** As a record has it, but without the detours: circuits are maps by directions, and most of the time to compile is spent there. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Direction that && feature.equals(that.feature) && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return 31 * feature.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
        return value.map(v -> feature.name() + "=" + v.repr()).orElse(feature.name());
    }
}
