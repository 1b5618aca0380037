package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same edit at each hook point, here and in TransformerLens: the logits, and every activation after it. The edit, and what is
 * compared, are those of {@code edit_in_transformer_lens.py} beside the models.
 */
class SameEditsTest {
    @ParameterizedTest
    @ValueSource(strings = {"reverse", "hist", "sort"})
    void theSameEditDoesTheSame(String name) throws IOException {
        HookedTransformer model =
                HookedTransformer.load(ModelStore.load(Fixtures.edits(name).resolve("model.safetensors"))
                        .orThrow());
        JsonObject recorded = JsonParser.parseString(
                        Files.readString(Fixtures.edits(name).resolve("edits.json")))
                .getAsJsonObject();
        int[] ids = recorded.getAsJsonArray("token_ids").asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
        CachedRun clean = model.runWithCache(model.tokens(ids), RunOptions.PLAIN.names("*"));
        Set<String> edited = new TreeSet<>();
        for (JsonElement element : recorded.getAsJsonArray("edits")) {
            JsonObject edit = element.getAsJsonObject();
            String point = edit.get("hook").getAsString();
            edited.add(point);
            CachedRun run = model.runWithCache(
                    model.tokens(ids), RunOptions.PLAIN.names("*").hook(point, Hook.replace((x, at) -> edited(x))));

            logits(edit.getAsJsonArray("logits"), run.logits(), point);
            for (Map.Entry<String, JsonElement> after :
                    edit.getAsJsonObject("after").entrySet()) {
                Tensor activation = run.cache().get(after.getKey());
                assertThat(told(activation))
                        .as("%s after an edit of %s", after.getKey(), point)
                        .isCloseTo(after.getValue().getAsDouble(), within(tolerance(activation)));
            }
        }
        assertThat(edited).as("every point has its edit").containsAll(names(clean));
    }

    /** A model without hidden units is one of attention alone to TransformerLens, and has no points of an MLP there. */
    private static Set<String> names(CachedRun run) {
        boolean attentionAlone = run.cache().model().config().dMlp() == 0;
        Set<String> names = new TreeSet<>();
        run.cache().names().stream()
                .map(HookName::text)
                .filter(name -> !attentionAlone || !(name.contains("mlp") || name.endsWith("hook_resid_mid")))
                .forEach(names::add);
        return names;
    }

    private static void logits(JsonArray expected, Tensor logits, String point) {
        assertThat(logits.size(1)).isEqualTo(expected.size());
        for (int p = 0; p < expected.size(); p++) {
            JsonArray row = expected.get(p).getAsJsonArray();
            assertThat(logits.size(2)).isEqualTo(row.size());
            for (int j = 0; j < row.size(); j++) {
                double value = row.get(j).getAsDouble();
                assertThat(logits.get(0, p, j))
                        .as("logit %s at %s after an edit of %s", j, p, point)
                        .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
            }
        }
    }

    private static Tensor edited(Tensor x) {
        double[] values = x.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * 0.75 + ((7919L * i + 13) % 11 - 5) / 8.0;
        }
        return Tensor.of(values, x.axes());
    }

    private static double told(Tensor x) {
        double sum = 0;
        for (int i = 0; i < x.length(); i++) {
            sum += x.at(i) * ((31L * i + 7) % 17 - 8) / 8.0;
        }
        return sum;
    }

    /** Sums of great numbers are as exact as these. */
    private static double tolerance(Tensor x) {
        double size = 1;
        for (int i = 0; i < x.length(); i++) {
            size = Math.max(size, Math.abs(x.at(i)));
        }
        return 1e-9 * size;
    }
}
