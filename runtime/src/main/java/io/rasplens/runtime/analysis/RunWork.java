package io.rasplens.runtime.analysis;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.WeightMatrix;
import java.util.stream.Stream;

/**
 * What a run with hooks takes, in multiply-adds: at each position the weights and the streams that hooks may see, and at each pair of
 * positions the heads.
 *
 * @param perPosition weights that are not 0, and some streams in each layer
 * @param perPair heads
 */
public record RunWork(long perPosition, long perPair) {
    private static final int STREAMS_PER_LAYER = 6;

    public static RunWork of(CompiledModel model) {
        long weights = nonZeros(Stream.of(model.weights().unembed()))
                + (long) STREAMS_PER_LAYER
                        * model.config().nLayers()
                        * model.config().dModel();
        long heads = 0;
        for (LayerWeights layer : model.weights().layers()) {
            weights += nonZeros(Stream.of(layer.mlp().wIn(), layer.mlp().wOut()));
            weights += nonZeros(layer.heads().stream().flatMap(RunWork::matrices));
            heads += layer.heads().size();
        }
        return new RunWork(weights, heads);
    }

    private static Stream<WeightMatrix> matrices(HeadWeights head) {
        return Stream.of(head.wQ(), head.wK(), head.wV(), head.wO());
    }

    private static long nonZeros(Stream<WeightMatrix> matrices) {
        return matrices.mapToLong(WeightMatrix::nonZeros).sum();
    }

    /** On an input of so many positions. */
    public double at(int positions) {
        return (double) perPosition * positions + (double) perPair * positions * positions;
    }
}
