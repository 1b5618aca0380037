package io.rasplens.runtime.transformer.forward;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.tensor.ColumnMatrix;
import io.rasplens.runtime.transformer.arithmetic.Linear;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** W_Q, W_K and W_V of several heads as one matrix: the columns of all their W_Q, then of all their W_K, then W_V. */
final class HeadReaders {
    private final ColumnMatrix weights;
    private final double[] bias;
    private final int[] queries;
    private final int[] keys;
    private final int[] values;

    HeadReaders(List<HeadWeights> heads) {
        this.weights = ColumnMatrix.beside(all(heads, HeadWeights::wQ, HeadWeights::wK, HeadWeights::wV)
                .map(WeightMatrix::csc)
                .toList());
        ImmutableDoubleArray.Builder all = ImmutableDoubleArray.builder();
        all(heads, HeadWeights::bQ, HeadWeights::bK, HeadWeights::bV).forEach(all::addAll);
        this.bias = Linear.denseBias(all.build());
        this.queries = starts(0, heads, HeadWeights::queryKeyWidth);
        this.keys = starts(queries[heads.size()], heads, HeadWeights::queryKeyWidth);
        this.values = starts(keys[heads.size()], heads, HeadWeights::valueWidth);
    }

    private static <T> Stream<T> all(
            List<HeadWeights> heads,
            Function<HeadWeights, T> query,
            Function<HeadWeights, T> key,
            Function<HeadWeights, T> value) {
        return Stream.of(query, key, value).flatMap(part -> heads.stream().map(part));
    }

    private static int[] starts(int first, List<HeadWeights> heads, ToIntFunction<HeadWeights> width) {
        var starts = new int[heads.size() + 1];
        starts[0] = first;
        for (int head = 0; head < heads.size(); head++) {
            starts[head + 1] = starts[head] + width.applyAsInt(heads.get(head));
        }
        return starts;
    }

    ColumnMatrix weights() {
        return weights;
    }

    /** One number per column; empty for zeros. */
    double[] bias() {
        return bias;
    }

    /** Where each head's queries begin among the columns, and where the last one's end. */
    int[] queries() {
        return queries;
    }

    /** The same for the keys. */
    int[] keys() {
        return keys;
    }

    /** The same for the values. */
    int[] values() {
        return values;
    }

    /** How many columns the values of all heads have. */
    int valueColumns() {
        return values[values.length - 1] - values[0];
    }
}
