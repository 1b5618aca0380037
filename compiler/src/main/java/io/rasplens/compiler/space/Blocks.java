package io.rasplens.compiler.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.value.Value;

/**
 * A whole transformer over named directions, before they have numbers.
 *
 * @param tokens what each vocabulary token's embedding writes; BOS writes {@code bos} alone
 * @param positions what each position's embedding writes, position 0 being the first token after BOS
 * @param logits one form per logit, read from the final residual stream
 * @param readouts s-ops that can be read on the way
 */
public record Blocks(
        ImmutableMap<Value, LinearForm> tokens,
        ImmutableList<LinearForm> positions,
        ImmutableList<Block> blocks,
        ImmutableList<LinearForm> logits,
        OutputDecoder decoder,
        ImmutableList<Readout> readouts,
        boolean causal) {

    /**
     * An s-op's place in the stream: {@link SopReadout} over named directions.
     *
     * @param stage 0 from the embedding, 2b + 1 after the attention of block b, 2b + 2 after its MLP
     */
    public record Readout(String sop, int stage, ImmutableList<LinearForm> logits, OutputDecoder decoder) {}
}
