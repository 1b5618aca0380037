package io.rasplens.runtime.transformer.forward;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import java.util.stream.IntStream;

/** The parts of the transformer, in the order in which they act. */
public final class ForwardPass {
    private final Embedding embedding;
    private final ImmutableList<TransformerBlock> blocks;
    private final Unembedding unembedding;

    public ForwardPass(TransformerConfig config, Weights weights) {
        embedding = new Embedding(weights);
        blocks = IntStream.range(0, config.nLayers())
                .mapToObj(layer ->
                        new TransformerBlock(layer, config, weights.layers().get(layer)))
                .collect(ImmutableList.toImmutableList());
        unembedding = new Unembedding(config, weights);
    }

    /**
     * One pass.
     *
     * @param start where it begins, of all inputs of the batch
     * @param firstInput the first of them that takes part
     * @return the logits {@code [dVocabOut, stride]}, or, where the run ends before a layer, the stream there
     */
    public double[] apply(ForwardRun run, RunStart start, int firstInput) {
        int stop = run.plan().stop();
        double[] stream = start.atEmbedding() ? embedding.apply(run) : given(run, start, firstInput, stop);
        for (int layer = start.layer(); layer < stop; layer++) {
            RunStart.SublayerPoint from = layer == start.layer() ? start.stage() : RunStart.SublayerPoint.RESID_PRE;
            stream = blocks.get(layer).apply(run, stream, from);
        }
        return run.plan().unembeds() ? unembedding.apply(run, stream) : stream;
    }

    /**
     * The stream that a run was given. Where something is added to it, a negative zero becomes a positive one at the first sum;
     * as an unwatched run leaves out the columns that nothing is added to, it must be so from the start.
     */
    private static double[] given(ForwardRun run, RunStart start, int firstInput, int stop) {
        int width = run.config().dModel();
        double[] stream = run.columns(Scratch.STREAM, width);
        run.lanes().toColumns(start.resid(), firstInput * run.lanes().positions() * width, width, width, stream, 0);
        if (!run.watched() && start.addsBefore(stop)) {
            for (int i = 0; i < width * run.lanes().stride(); i++) {
                stream[i] += 0.0;
            }
        }
        return stream;
    }
}
