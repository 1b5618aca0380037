package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.JsonText;
import io.rasplens.runtime.store.json.ValueJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Models that Tracr made and TransformerLens ran; see the README beside them. */
public final class Fixtures {
    public static final ImmutableList<String> NAMES =
            ImmutableList.of("reverse", "hist", "frac_prevs", "sort", "causal_width");

    /** Models with norms and other activations, saved by TransformerLens. */
    public static final ImmutableList<String> FOREIGN = ImmutableList.of(
            "ln_gelu_causal",
            "rms_silu_bidirectional",
            "rmspre_gelu_new_causal",
            "lnpre_attn_only",
            "ln_attn_only_defaults");

    private Fixtures() {}

    /** One line of {@code cases.json}. */
    public record FixtureCase(
            ImmutableList<Value> input,
            ImmutableList<Integer> tokenIds,
            ImmutableList<Value> decoded,
            ImmutableList<ImmutableList<Double>> logits) {}

    public static Path folder(String name) {
        return resource("fixtures/" + name);
    }

    public static Path foreign(String name) {
        return resource("foreign/" + name);
    }

    /** Models of ours that TransformerLens edited, with the recipe beside them. */
    public static Path edits(String name) {
        return resource("edits/" + name);
    }

    private static Path resource(String name) {
        URL config = Fixtures.class.getResource("/io/rasplens/runtime/" + name + "/config.json");
        try {
            return Path.of(Objects.requireNonNull(config).toURI()).resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path model(String name) {
        return folder(name).resolve("model.safetensors");
    }

    public static ImmutableList<FixtureCase> cases(String name) {
        try {
            var out = ImmutableList.<FixtureCase>builder();
            for (JsonElement element : JsonParser.parseString(
                            Files.readString(folder(name).resolve("cases.json")))
                    .getAsJsonArray()) {
                JsonNode json = JsonNode.root(StoreCode.BAD_CODEC, name, JsonText.parse(element.toString()));
                out.add(new FixtureCase(
                        json.field("input").list(ValueJson::decode),
                        json.field("token_ids").list(n -> n.integer(0, Integer.MAX_VALUE)),
                        json.field("decoded").list(ValueJson::decode),
                        json.field("logits").list(row -> row.list(JsonNode::real))));
            }
            return out.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
