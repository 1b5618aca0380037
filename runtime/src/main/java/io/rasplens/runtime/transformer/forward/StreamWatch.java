package io.rasplens.runtime.transformer.forward;

/** Sees the residual stream before each block of a run, and behind the last. */
public interface StreamWatch {
    StreamWatch NOBODY = (run, layer, stream) -> {};

    /**
     * The stream of some inputs is about to be read.
     *
     * @param layer the block that reads it; that at which the run ends for what the last block leaves
     * @param stream {@code [dModel, stride]}, which the run goes on to write to
     */
    void passed(ForwardRun run, int layer, double[] stream);
}
