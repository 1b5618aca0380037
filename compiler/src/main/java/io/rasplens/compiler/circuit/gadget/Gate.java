package io.rasplens.compiler.circuit.gadget;

import io.rasplens.compiler.circuit.LinearForm;
import java.util.List;

/**
 * A conjunction of tests, each a form that is 1 where it holds and 0 elsewhere, as one form.
 *
 * <p>{@code open = Σ tests - (count - 1)} is 1 where all hold and an integer below 1 elsewhere, so {@code relu(open)} is the
 * conjunction, and {@code shut = one - open} is 0 where all hold and at least 1 elsewhere.
 */
public record Gate(LinearForm open) {

    public static Gate of(List<LinearForm> tests) {
        LinearForm sum = LinearForm.constant(1.0 - tests.size());
        for (LinearForm test : tests) {
            sum = sum.plus(test);
        }
        return new Gate(sum);
    }

    /**
     * A number that is unchanged where the gate is open, and at least {@code reach} lower elsewhere. With the number's range as the
     * reach, no step over it is taken then, so steps over the held number are steps behind the gate.
     */
    public LinearForm hold(LinearForm number, double reach) {
        return number.minus(LinearForm.constant(reach)).plus(open.times(reach));
    }
}
