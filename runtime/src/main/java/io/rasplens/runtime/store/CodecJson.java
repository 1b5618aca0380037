package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;
import java.util.Optional;

/**
 * {@code codec.json}: what token ids and logits mean, for readers of plain JSON.
 *
 * <pre>{@code
 * {"bos": "BOS", "pad": "PAD", "input": [1, 2, 3, "BOS", "PAD"],
 *  "output": {"kind": "categorical", "values": [1, 2, 3]}, "residual_labels": ["indices=0", …]}
 * }</pre>
 *
 * {@code input[id]} is the token of that id, {@code output.values[j]} the value of logit j. For a numerical output the values
 * are null: the logit is the value. A token spelled like a special stands before it, so the last of that name is the special.
 */
final class CodecJson {
    static final ImmutableSet<String> FIELDS = ImmutableSet.of("bos", "pad", "input", "output", "residual_labels");

    private CodecJson() {}

    /** What a codec tells of a model. */
    record CodecParts(TokenEncoder encoder, OutputDecoder decoder, ImmutableList<ResidualLabel> labels) {}

    /** Empty if the model does not know the values of its tokens and logits. */
    static Optional<JsonObject> encode(CompiledModel model) {
        if (model.encoder().isEmpty() || model.decoder().isEmpty()) {
            return Optional.empty();
        }
        TokenEncoder encoder = model.encoder().get();
        var json = new JsonObject();
        json.add("bos", special(encoder, encoder.bos()));
        json.add("pad", special(encoder, encoder.pad()));
        json.add("input", JsonOut.list(encoder.vocabulary(), ValueJson::encode));
        var output = new JsonObject();
        if (model.decoder().get() instanceof OutputDecoder.Categorical categorical) {
            output.addProperty("kind", "categorical");
            output.add("values", JsonOut.list(categorical.values(), ValueJson::encode));
        } else {
            output.addProperty("kind", "numerical");
            output.add("values", JsonNull.INSTANCE);
        }
        json.add("output", output);
        var labels = new JsonArray();
        model.labels().forEach(label -> labels.add(label.text()));
        json.add("residual_labels", labels);
        return Optional.of(json);
    }

    /** The codec, its sizes those of the model. */
    static CodecParts decode(JsonNode json, int dVocab, int dVocabOut, int dModel) throws StoreException {
        ImmutableList<Value> vocabulary = json.field("input").list(ValueJson::decode);
        if (vocabulary.size() != dVocab) {
            throw json.field("input")
                    .wrong("has " + vocabulary.size() + " tokens, but the model's d_vocab is " + dVocab);
        }
        int bos = specialId(json, "bos", vocabulary);
        int pad = json.present("pad").isPresent() ? specialId(json, "pad", vocabulary) : TokenEncoder.NO_PAD;
        DistinctTokens.check(json, json.field("input"), vocabulary, bos, pad);
        ImmutableList<ResidualLabel> labels = readLabels(json, dModel);
        return new CodecParts(
                new TokenEncoder(vocabulary, bos, pad), readDecoder(json.field("output"), dVocabOut), labels);
    }

    private static com.google.gson.JsonElement special(TokenEncoder encoder, int id) {
        return id >= 0 && id < encoder.vocabulary().size()
                ? ValueJson.encode(encoder.vocabulary().get(id))
                : JsonNull.INSTANCE;
    }

    private static int specialId(JsonNode json, String field, ImmutableList<Value> vocabulary) throws StoreException {
        JsonNode node = json.field(field);
        int id = vocabulary.lastIndexOf(ValueJson.decode(node));
        if (id < 0) {
            throw node.wrong("must be one of the tokens under 'input'");
        }
        return id;
    }

    private static OutputDecoder readDecoder(JsonNode json, int dVocabOut) throws StoreException {
        String kind = json.field("kind").string();
        if (kind.equals("categorical")) {
            ImmutableList<Value> values = json.field("values").list(ValueJson::decode);
            if (values.size() != dVocabOut) {
                throw json.field("values")
                        .wrong("has " + values.size() + " values, but the model's d_vocab_out is " + dVocabOut);
            }
            return new OutputDecoder.Categorical(values);
        }
        if (kind.equals("numerical")) {
            if (dVocabOut != 1) {
                throw json.wrong("is numerical, but the model's d_vocab_out is " + dVocabOut + ", not 1");
            }
            return new OutputDecoder.Numerical(ImmutableList.of());
        }
        throw json.field("kind").wrong("must be 'categorical' or 'numerical'");
    }

    private static ImmutableList<ResidualLabel> readLabels(JsonNode json, int dModel) throws StoreException {
        Optional<JsonNode> field = json.present("residual_labels");
        if (field.isEmpty()) {
            return ImmutableList.of();
        }
        ImmutableList<ResidualLabel> labels = field.get().list(node -> LabelText.parse(node.string()));
        if (!labels.isEmpty() && labels.size() != dModel) {
            throw field.get().wrong("has " + labels.size() + " labels, but the model's d_model is " + dModel);
        }
        return labels;
    }
}
