package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;
import java.util.function.Supplier;

/** The variables of elementwise functions as they can be read from the residual stream. */
public interface VariableReadings {

    /** True if the variable is there as one-hot without hidden units: any function of it is then linear. */
    boolean isOneHot(Variable variable);

    /** The variable as one direction per value. */
    OneHot oneHot(Variable variable);

    /** True if the s-op is a count that stands in the stream squeezed: no number can be read of it but by steps. */
    boolean isSqueezed(SOp sop);

    /** What {@link #number} is for each value of the variable. */
    double[] held(Variable variable);

    /** How far {@link #number} may be from {@link #held}, whatever is done to it: counts that several heads make, and sums of counts. */
    double blur(Variable variable);

    /**
     * A function of one variable as part of a sum that codes several: as it is, or of a squeezed count what an affine function makes of
     * what stands there.
     *
     * @param numbers what is added for each cell of the function's table
     * @param blur how far what is added may be from that
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Summand(Supplier<Signal> signal, double[] numbers, double blur) {}

    /** Nothing if hidden units would have to be written first. */
    Optional<Summand> summand(SOp sop, JointTable table);

    /** A variable that is there as a number, or as a squeezed count. */
    Signal number(Variable variable);

    /**
     * A number for each value of a one-hot variable.
     *
     * @param feature what it is, where it takes a direction of its own
     */
    Signal weighted(Supplier<Feature> feature, Variable variable, double[] weights);

    /** Whether a function of one variable or none is linear in what can be read of it. */
    boolean isLinear(JointTable table);

    /** The position as a number. */
    Signal position();

    /** From when on the variable can be read. */
    Stage stage(Variable variable);
}
