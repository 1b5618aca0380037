package io.rasplens.runtime.transformer.arithmetic;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.tensor.ColumnMatrix;
import java.util.stream.IntStream;

/** x·W + b. */
public final class Linear {
    private final ColumnMatrix weights;
    private final double[] bias;

    public Linear(WeightMatrix weights, ImmutableDoubleArray bias) {
        this.weights = ColumnMatrix.of(weights.csc());
        this.bias = denseBias(bias);
    }

    /** The bias, empty where it is nothing but zeros: a deep model has more of those than of weights. */
    public static double[] denseBias(ImmutableDoubleArray bias) {
        return bias.stream().allMatch(b -> b == 0) ? new double[0] : bias.toArray();
    }

    public int width() {
        return weights.columns();
    }

    /** The columns that may be something else than zero. */
    public int[] live() {
        return live(weights, bias);
    }

    /** The columns in which a matrix or a bias has a non-zero. */
    public static int[] live(ColumnMatrix weights, double[] bias) {
        return IntStream.concat(
                        IntStream.of(weights.filled()),
                        IntStream.range(0, bias.length).filter(column -> bias[column] != 0))
                .sorted()
                .distinct()
                .toArray();
    }

    /** All columns. */
    public void apply(double[] x, double[] out, int stride) {
        weights.multiply(x, 0, bias, out, 0, weights.columns(), stride);
    }

    /** Some columns, the others left as they are. */
    public void apply(double[] x, double[] out, int[] columns, int stride) {
        for (int column : columns) {
            weights.multiply(x, 0, bias.length == 0 ? 0 : bias[column], out, column, stride);
        }
    }
}
