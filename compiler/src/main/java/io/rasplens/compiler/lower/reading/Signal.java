package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.circuit.LinearForm;

/**
 * Something that can be read from the residual stream.
 *
 * @param stage from when on: 0 in the embedding, 2b + 1 after the attention of block b, 2b + 2 after its MLP
 */
public record Signal(LinearForm form, int stage) {
    public Signal plus(Signal other) {
        return new Signal(form.plus(other.form), Math.max(stage, other.stage));
    }

    public Signal times(double factor) {
        return new Signal(form.times(factor), stage);
    }

    public static Signal constant(double value) {
        return new Signal(LinearForm.constant(value), 0);
    }
}
