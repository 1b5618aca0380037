package io.rasplens.compiler.lower.reading;

import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import java.util.function.Supplier;

/** The variables of elementwise functions as they can be read from the residual stream. */
public interface VariableReadings {

    /** True if the variable is there as one-hot without hidden units: any function of it is then linear. */
    boolean isOneHot(Variable variable);

    /** The variable as one direction per value. */
    OneHot oneHot(Variable variable);

    /** A variable that is there as a number. */
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
    int stage(Variable variable);
}
