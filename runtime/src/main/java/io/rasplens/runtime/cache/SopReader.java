package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Readouts;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.SparseRows;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Arrays;

/** Reads an s-op from the residual stream, at the first point where it is there. */
final class SopReader {
    private final ActivationCache cache;

    SopReader(ActivationCache cache) {
        this.cache = cache;
    }

    ImmutableList<Value> read(String name, int row) {
        Readouts.Found found = Readouts.find(cache.model().readouts(), name);
        if (found instanceof Readouts.Found.Refused refused) {
            throw new EngineException(EngineCode.UNKNOWN_SOP, refused.message(), refused.help());
        }
        return read(((Readouts.Found.One) found).readout(), row);
    }

    ImmutableList<Value> read(SopReadout readout, int row) {
        TokenBatch tokens = cache.tokens();
        if (row < 0 || row >= tokens.size()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "there is no input " + row + " in a batch of " + tokens.size(),
                    "inputs count from 0");
        }
        double[] stream = stream(readout.point()).slice("batch", row).toArray();
        SparseRows x = SparseRows.of(stream, cache.config().dModel(), 0, tokens.positions());
        SparseRows projection = SparseRows.of(readout.projection().csc());
        double[] logits = SparseRows.affine(x, projection, readout.bias().toArray());
        int width = projection.width();
        var values = ImmutableList.<Value>builder();
        for (int position = firstAnswer(row); position < tokens.positions(); position++) {
            if (tokens.isReal(row, position)) {
                values.add(
                        readout.decoder().decode(Arrays.copyOfRange(logits, position * width, (position + 1) * width)));
            }
        }
        return values.build();
    }

    /** The stream at a point; where no layer has it as its own activation, it is what the unembedding reads. */
    private Tensor stream(StreamPoint point) {
        if (point.layer() >= 0) {
            return cache.get(
                    point.afterAttention() ? HookName.residMid(point.layer()) : HookName.residPost(point.layer()));
        }
        return cache.config().nLayers() > 0
                ? cache.get(HookName.residPre(0))
                : cache.get(HookName.embed()).plus(cache.get(HookName.posEmbed()));
    }

    private int firstAnswer(int row) {
        return cache.model()
                .encoder()
                .map(encoder -> cache.tokens().id(row, 0) == encoder.bos() ? 1 : 0)
                .orElse(0);
    }
}
