package io.rasplens.compiler.model;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * An MLP with one hidden layer; the hidden width may be less than the config's {@code dMlp}, even 0.
 *
 * @param wIn {@code [dModel, dMlp]}
 * @param bIn {@code [dMlp]}
 * @param wOut {@code [dMlp, dModel]}
 * @param bOut {@code [dModel]}
 */
public record MlpWeights(WeightMatrix wIn, ImmutableDoubleArray bIn, WeightMatrix wOut, ImmutableDoubleArray bOut) {
    public MlpWeights {
        Shapes.check("b_in", bIn, wIn.columns());
        Shapes.check("W_out", wOut, wIn.columns(), wIn.rows());
        Shapes.check("b_out", bOut, wIn.rows());
    }

    public int hiddenWidth() {
        return wIn.columns();
    }
}
