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
        double[] stream = start.atEmbedding() ? embed(run) : given(run, start, firstInput, stop);
        for (int layer = start.layer(); layer < stop; layer++) {
            run.passing(layer, stream);
            stream = block(run, start, layer, stream);
        }
        run.passing(stop, stream);
        return run.plan().unembeds() ? unembed(run, stream) : stream;
    }

    /** The stream before the first block. */
    double[] embed(ForwardRun run) {
        return embedding.apply(run);
    }

    /** One block, or, where the run starts within it, the rest of it. */
    double[] block(ForwardRun run, RunStart start, int layer, double[] stream) {
        RunStart.SublayerPoint from = layer == start.layer() ? start.stage() : RunStart.SublayerPoint.RESID_PRE;
        return blocks.get(layer).apply(run, stream, from);
    }

    /** The logits. */
    double[] unembed(ForwardRun run, double[] stream) {
        return unembedding.apply(run, stream);
    }

    /**
     * The stream that a run was given. Where something is added to it, a negative zero becomes a positive one at the first sum;
     * as an unwatched run leaves out the columns that nothing is added to, it must be so from the start.
     */
    static double[] given(ForwardRun run, RunStart start, int firstInput, int stop) {
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
