package io.rasplens.compiler.model;

import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * What one residual direction means.
 *
 * @param sop the s-op (or internal quantity) it belongs to
 * @param value for a one-hot direction, the value it stands for; empty for a direction that carries a number
 */
public record ResidualLabel(String sop, Optional<Value> value) {
    /** {@code reverse=3}, or just the name of a number. */
    public String text() {
        return value.map(v -> sop + "=" + v.repr()).orElse(sop);
    }
}
