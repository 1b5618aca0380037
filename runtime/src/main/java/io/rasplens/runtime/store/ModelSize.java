package io.rasplens.runtime.store;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import java.util.stream.Stream;

/**
 * How big a model is.
 *
 * @param parameters numbers in the file that {@link ModelStore#save} writes: rectangular, padding and biases included
 * @param nonZeros those that are not 0
 */
public record ModelSize(long parameters, long nonZeros) {

    public static ModelSize of(CompiledModel model) {
        long parameters = WeightLayout.of(model).shapes().values().stream()
                .mapToLong(ModelSize::product)
                .sum();
        return new ModelSize(parameters, nonZeros(model.weights()));
    }

    private static long product(ImmutableLongArray shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    private static long nonZeros(Weights weights) {
        long count = nonZeros(weights.embed(), weights.posEmbed(), weights.unembed())
                + nonZeros(weights.unembedBias())
                + weights.lnFinal().map(ModelSize::nonZeros).orElse(0L);
        for (LayerWeights layer : weights.layers()) {
            count += nonZeros(layer.bO(), layer.mlp().bIn(), layer.mlp().bOut())
                    + nonZeros(layer.mlp().wIn(), layer.mlp().wOut())
                    + layer.ln1().map(ModelSize::nonZeros).orElse(0L)
                    + layer.ln2().map(ModelSize::nonZeros).orElse(0L);
            for (HeadWeights head : layer.heads()) {
                count += nonZeros(head.wQ(), head.wK(), head.wV(), head.wO())
                        + nonZeros(head.bQ(), head.bK(), head.bV());
            }
        }
        return count;
    }

    private static long nonZeros(NormWeights norm) {
        return nonZeros(norm.w(), norm.b());
    }

    private static long nonZeros(WeightMatrix... matrices) {
        return Stream.of(matrices).mapToLong(WeightMatrix::nonZeros).sum();
    }

    private static long nonZeros(ImmutableDoubleArray... vectors) {
        return Stream.of(vectors)
                .flatMapToDouble(ImmutableDoubleArray::stream)
                .filter(v -> v != 0)
                .count();
    }
}
