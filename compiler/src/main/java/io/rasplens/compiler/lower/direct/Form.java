package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A linear form over the residual stream: the sum of its directions' coordinates, weighted. */
record Form(ImmutableMap<Direction, Double> weights) {
    static final Form ZERO = new Form(ImmutableMap.of());

    static Form of(Direction direction) {
        return new Form(ImmutableMap.of(direction, 1.0));
    }

    Form plus(Form other) {
        return new Builder().add(1, this).add(1, other).build();
    }

    Form plus(double weight, Direction direction) {
        return new Builder().add(1, this).add(weight, direction).build();
    }

    Form times(double factor) {
        return new Builder().add(factor, this).build();
    }

    /** Collects weighted directions; weights that cancel disappear. */
    static final class Builder {
        private final Map<Direction, Double> sums = new LinkedHashMap<>();

        Builder add(double factor, Form form) {
            form.weights().forEach((direction, weight) -> add(factor * weight, direction));
            return this;
        }

        Builder add(double weight, Direction direction) {
            sums.merge(direction, weight, Double::sum);
            return this;
        }

        Form build() {
            ImmutableMap.Builder<Direction, Double> kept = ImmutableMap.builder();
            sums.forEach((direction, weight) -> {
                if (weight != 0) {
                    kept.put(direction, weight);
                }
            });
            return new Form(kept.buildOrThrow());
        }
    }
}
