package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Rows;
import io.rasplens.runtime.tensor.SparseRows;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.List;

/** Reads an s-op from the residual stream, at the first point where it is there. */
final class SopReader {
    private final ActivationCache cache;

    SopReader(ActivationCache cache) {
        this.cache = cache;
    }

    ImmutableList<Value> read(String name, int row) {
        SopReadout readout = cache.model().readouts().stream()
                .filter(candidate -> candidate.sop().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        TokenBatch tokens = cache.tokens();
        if (row < 0 || row >= tokens.size()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE, "there is no input " + row + " in a batch of " + tokens.size());
        }
        double[] stream = stream(readout).slice("batch", row).toArray();
        SparseRows x = new Rows(stream, cache.config().dModel()).sparse(0, tokens.positions());
        SparseRows projection = SparseRows.of(readout.projection().csc());
        double[] logits = SparseRows.affine(x, projection, readout.bias().toArray());
        int width = projection.width();
        var values = ImmutableList.<Value>builder();
        for (int position = firstAnswer(row); position < tokens.positions(); position++) {
            if (tokens.isReal(row, position)) {
                values.add(readout.decoder()
                        .decode(java.util.Arrays.copyOfRange(logits, position * width, (position + 1) * width)));
            }
        }
        return values.build();
    }

    private Tensor stream(SopReadout readout) {
        if (readout.layer() >= 0) {
            return cache.get(
                    readout.afterAttention()
                            ? HookName.residMid(readout.layer())
                            : HookName.residPost(readout.layer()));
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

    private EngineException unknown(String name) {
        List<String> known =
                cache.model().readouts().stream().map(SopReadout::sop).toList();
        return new EngineException(
                EngineCode.UNKNOWN_SOP,
                "the s-op '" + name + "' cannot be read from this model",
                NearNames.question(name, known)
                        .orElse(
                                known.isEmpty()
                                        ? "the model does not say which s-ops it holds"
                                        : "it holds " + String.join(", ", known)));
    }
}
