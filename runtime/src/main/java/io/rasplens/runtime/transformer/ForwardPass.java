package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.Weights;
import java.util.stream.IntStream;

/** The parts of the transformer, in the order in which they act. */
final class ForwardPass {
    private final Embedding embedding;
    private final ImmutableList<Block> blocks;
    private final Unembedding unembedding;

    ForwardPass(TransformerConfig config, Weights weights) {
        embedding = new Embedding(weights);
        blocks = IntStream.range(0, config.nLayers())
                .mapToObj(layer -> new Block(layer, config, weights.layers().get(layer)))
                .collect(ImmutableList.toImmutableList());
        unembedding = new Unembedding(config, weights);
    }

    /** The residual stream before the first block. */
    double[] embed(Run run) {
        return embedding.apply(run);
    }

    /** The residual stream where a run ends: before block {@code to}. */
    double[] blocks(Run run, double[] resid, Start start, int to) {
        double[] stream = resid;
        for (int layer = start.layer(); layer < to; layer++) {
            Block block = blocks.get(layer);
            stream = layer == start.layer() ? block.apply(run, stream, start.stage()) : block.apply(run, stream);
        }
        return stream;
    }

    double[] unembed(Run run, double[] resid) {
        return unembedding.apply(run, resid);
    }
}
