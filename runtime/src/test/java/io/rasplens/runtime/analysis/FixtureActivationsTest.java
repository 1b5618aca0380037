package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import io.rasplens.runtime.store.safetensors.TensorEntry;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hooked transformer against TransformerLens, on models that Tracr compiled and on small random ones with norms. */
class FixtureActivationsTest {
    static ImmutableList<String> fixtures() {
        return Fixtures.NAMES;
    }

    static ImmutableList<String> foreign() {
        return Fixtures.FOREIGN;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyCaseDecodesAsListed(String name) {
        HookedTransformer model =
                HookedTransformer.load(ModelStore.load(Fixtures.model(name)).orThrow());
        boolean categorical = model.model().decoder().orElseThrow() instanceof OutputDecoder.Categorical;
        for (Fixtures.FixtureCase c : Fixtures.cases(name)) {
            var output = model.run(c.input());

            assertThat(output).hasSameSizeAs(c.decoded());
            for (int p = 0; p < output.size(); p++) {
                if (categorical) {
                    assertThat(output.get(p)).isEqualTo(c.decoded().get(p));
                } else {
                    // The list is Tracr's own answer in single precision.
                    assertThat(Agreement.error(c.decoded().get(p), output.get(p)))
                            .isLessThan(1e-6);
                }
            }
            Tensor logits = model.forward(model.encode(c.input()));
            assertThat(model.encode(c.input()).row(0).asList()).isEqualTo(c.tokenIds());
            for (int p = 0; p < c.logits().size(); p++) {
                for (int j = 0; j < c.logits().get(p).size(); j++) {
                    assertThat(logits.get(0, p, j)).isCloseTo(c.logits().get(p).get(j), within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyActivationIsTransformerLenss(String name) throws IOException {
        HookedTransformer model =
                HookedTransformer.load(ModelStore.load(Fixtures.model(name)).orThrow());
        CachedRun run = model.runWithCache(Fixtures.cases(name).get(0).input());
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.folder(name).resolve("cache_0.safetensors"))
                .orThrow()) {
            assertThat(file.tensors().size()).isGreaterThan(15);
            for (TensorEntry entry : file.tensors().values()) {
                Tensor actual = entry.name().equals("logits")
                        ? run.logits()
                        : run.cache().get(entry.name());

                assertThat(Arrays.stream(actual.shape()).asLongStream().toArray())
                        .as(entry.name())
                        .containsExactly(entry.shape().toArray());
                double[] expected = file.read(entry.name()).orThrow();
                for (int i = 0; i < expected.length; i++) {
                    if (expected[i] == actual.at(i)) {
                        continue;
                    }
                    assertThat(actual.at(i)).as(entry.name()).isCloseTo(expected[i], within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void normsAndOtherActivationsGiveTransformerLenssLogits(String name) throws IOException {
        HookedTransformer model =
                HookedTransformer.load(ModelStore.load(Fixtures.foreign(name).resolve("model.safetensors"))
                        .orThrow());
        String json = Files.readString(Fixtures.foreign(name).resolve("logits.json"));
        for (JsonElement c : JsonParser.parseString(json).getAsJsonArray()) {
            JsonArray ids = c.getAsJsonObject().getAsJsonArray("token_ids");
            JsonArray rows = c.getAsJsonObject().getAsJsonArray("logits");
            int[] row = ids.asList().stream().mapToInt(JsonElement::getAsInt).toArray();

            Tensor logits = model.forward(model.tokens(row));

            assertThat(logits.size(1)).isEqualTo(rows.size());
            for (int p = 0; p < rows.size(); p++) {
                JsonArray expected = rows.get(p).getAsJsonArray();
                assertThat(logits.size(2)).isEqualTo(expected.size());
                for (int j = 0; j < expected.size(); j++) {
                    assertThat(logits.get(0, p, j)).isCloseTo(expected.get(j).getAsDouble(), within(1e-9));
                }
            }
        }
    }
}
