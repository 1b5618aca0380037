package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Values to token ids with BOS in front, and logits back to values without it. */
final class Codec {
    private static final int LISTED = 40;

    private final CompiledModel model;
    private final OptionalInt padding;
    private final OptionalInt bos;
    /** Of the tokens as they are written; what is only equal to one (1.0 to 1) is looked up by the encoder. */
    private final Map<Value, Integer> ids = new HashMap<>();

    Codec(CompiledModel model) {
        this.model = model;
        Optional<TokenEncoder> encoder = model.encoder();
        this.padding = encoder.isPresent() && encoder.get().pad() != TokenEncoder.NO_PAD
                ? OptionalInt.of(encoder.get().pad())
                : OptionalInt.empty();
        this.bos = encoder.isPresent() ? OptionalInt.of(encoder.get().bos()) : OptionalInt.empty();
        encoder.ifPresent(known -> {
            for (int id = 0; id < known.vocabulary().size(); id++) {
                if (!known.isSpecial(id)) {
                    ids.putIfAbsent(known.vocabulary().get(id), id);
                }
            }
        });
    }

    /** The id that fills up short rows, if the model knows one. */
    OptionalInt padding() {
        return padding;
    }

    /** The ids of one input, BOS first. */
    int[] encode(List<?> input) {
        TokenEncoder encoder = model.encoder().orElseThrow(Codec::noCodec);
        if (input.isEmpty()) {
            throw new EngineException(EngineCode.EMPTY_INPUT, "the input is empty", "give at least one token");
        }
        int limit = model.config().nCtx() - 1;
        if (input.size() > limit) {
            throw new EngineException(
                    EngineCode.INPUT_TOO_LONG,
                    "the input has " + input.size() + " tokens, but the model takes at most " + limit,
                    "compile the program with a greater maximal length");
        }
        ImmutableList<Value> values = JavaValues.of(input);
        var encoded = new int[values.size() + 1];
        encoded[0] = encoder.bos();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            Integer id = ids.get(value);
            encoded[i + 1] = id != null ? id : encoder.id(value).orElseThrow(() -> unknown(value, encoder.tokens()));
        }
        return encoded;
    }

    /**
     * The values that the logits of one row stand for, BOS and padding left out.
     *
     * @param logits {@code [batch, pos, d_vocab_out]}
     */
    ImmutableList<Value> decode(Tensor logits, TokenBatch tokens, int row) {
        OutputDecoder decoder = model.decoder().orElseThrow(Codec::noCodec);
        int width = model.config().dVocabOut();
        var values = ImmutableList.<Value>builderWithExpectedSize(tokens.positions());
        for (int position = firstAnswer(tokens, row); position < tokens.positions(); position++) {
            if (tokens.isReal(row, position)) {
                values.add(decoder.decode(logits.toArray((row * tokens.positions() + position) * width, width)));
            }
        }
        return values.build();
    }

    private int firstAnswer(TokenBatch tokens, int row) {
        return bos.isPresent() && tokens.id(row, 0) == bos.getAsInt() ? 1 : 0;
    }

    private static EngineException unknown(Value value, List<Value> tokens) {
        String all = tokens.stream().limit(LISTED).map(Value::repr).collect(Collectors.joining(", "))
                + (tokens.size() > LISTED ? ", …" : "");
        return new EngineException(
                EngineCode.UNKNOWN_TOKEN,
                "the token " + value.repr() + " is not in the model's vocabulary",
                near(value, tokens) + "the vocabulary is " + all);
    }

    /** Every single character is one letter away from every other: only longer tokens are slips of the finger. */
    private static String near(Value value, List<Value> tokens) {
        boolean word = value instanceof StringValue string
                && string.value().codePointCount(0, string.value().length()) > 1;
        if (!word) {
            return "";
        }
        List<String> names = tokens.stream().map(Value::repr).toList();
        ImmutableList<String> near = NearNames.of(value.repr(), names, 2);
        return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
    }

    private static EngineException noCodec() {
        return new EngineException(
                EngineCode.NO_CODEC,
                "the model knows token ids only, no values",
                "give it a codec.json, which says what its ids and logits mean; without one it can only be run and its activations"
                        + " looked at, on token ids: from Java, a TokenBatch");
    }
}
