package io.rasplens.runtime.transformer;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.tensor.Rows;
import io.rasplens.runtime.tensor.SparseRows;

/** x·W + b. */
final class Linear {
    private final SparseRows weights;
    private final double[] bias;

    Linear(WeightMatrix weights, ImmutableDoubleArray bias) {
        this.weights = SparseRows.of(weights.csc());
        this.bias = denseBias(bias);
    }

    /** The bias, empty where it is nothing but zeros: a deep model has more of those than of weights. */
    static double[] denseBias(ImmutableDoubleArray bias) {
        return bias.stream().allMatch(b -> b == 0) ? new double[0] : bias.toArray();
    }

    Rows apply(SparseRows x) {
        return new Rows(SparseRows.affine(x, weights, bias), weights.width());
    }
}
