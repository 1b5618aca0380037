package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;

/**
 * Something that can be read from the residual stream.
 *
 * @param stage from when on
 */
public record Signal(LinearForm form, Stage stage) {
    public Signal plus(Signal other) {
        return new Signal(form.plus(other.form), stage.and(other.stage));
    }

    public Signal times(double factor) {
        return new Signal(form.times(factor), stage);
    }

    public static Signal constant(double value) {
        return new Signal(LinearForm.constant(value), Stage.EMBEDDING);
    }
}
