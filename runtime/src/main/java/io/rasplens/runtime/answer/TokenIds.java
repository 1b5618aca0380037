package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A model without a codec is given token ids and answers ids: the number of the greatest logit, or the logit where there is but one. */
final class TokenIds {
    private TokenIds() {}

    /** The ids as they are, no BOS put in front. */
    static TokenBatch batch(TransformerConfig config, List<Value> input) {
        int last = config.dVocab() - 1;
        if (input.size() > config.nCtx()) {
            throw new EngineException(
                    EngineCode.INPUT_TOO_LONG,
                    "the input has " + input.size() + " token ids, but the model's n_ctx is " + config.nCtx(),
                    "give a shorter input");
        }
        var ids = new int[input.size()];
        for (int i = 0; i < ids.length; i++) {
            if (!(input.get(i) instanceof IntValue number)) {
                throw new EngineException(
                        EngineCode.NO_CODEC,
                        "the model knows token ids only, but the input holds "
                                + input.get(i).repr(),
                        "give ids from 0 to " + last + " as a list, '[0, " + Math.min(1, last)
                                + "]', or put a codec.json beside the model: 'rasp explain E0915' shows its form");
            }
            ids[i] = id(number, last);
        }
        return TokenBatch.of(List.of(ids), OptionalInt.empty());
    }

    private static int id(IntValue number, int last) {
        if (!number.isSmall() || number.toLong() < 0 || number.toLong() > last) {
            throw new EngineException(
                    EngineCode.TOKEN_ID_OUT_OF_RANGE,
                    "the token id " + number.repr() + " is outside the model's vocabulary",
                    "its ids are from 0 to " + last);
        }
        return number.toInt();
    }

    /**
     * What the model answers at each position.
     *
     * @param logits {@code [1, pos, d_vocab_out]}, all finite
     */
    static ImmutableList<Value> answers(Tensor logits) {
        if (logits.size(2) == 1) {
            return Arrays.stream(logits.toArray()).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
        }
        return Arrays.stream(logits.argmax("d_vocab_out").toArray())
                .mapToObj(id -> Value.of((int) id))
                .collect(ImmutableList.toImmutableList());
    }
}
