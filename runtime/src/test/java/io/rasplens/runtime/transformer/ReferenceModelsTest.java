package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import io.rasplens.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against TransformerLens: Tracr's models with every activation, and models with norms and other activations. */
class ReferenceModelsTest {
    private static final double TOLERANCE = 1e-9;

    static ImmutableList<String> tracr() {
        return Fixtures.NAMES;
    }

    static ImmutableList<String> withNorms() {
        return Fixtures.FOREIGN;
    }

    @ParameterizedTest
    @MethodSource("tracr")
    void answersAsListed(String name) {
        HookedTransformer model = HookedTransformer.load(load(name));

        for (Fixtures.FixtureCase line : Fixtures.cases(name)) {
            int[] ids = line.tokenIds().stream().mapToInt(Integer::intValue).toArray();
            assertThat(model.encode(line.input()).row(0).toArray()).containsExactly(ids);
            Tensor logits = model.forward(model.tokens(ids));
            for (int p = 0; p < ids.length; p++) {
                for (int o = 0; o < model.config().dVocabOut(); o++) {
                    assertThat(Math.abs(
                                    logits.get(0, p, o) - line.logits().get(p).get(o)))
                            .isLessThan(TOLERANCE);
                }
            }
            if (model.model().decoder().orElseThrow() instanceof io.rasplens.compiler.model.OutputDecoder.Categorical) {
                assertThat(model.run(line.input())).isEqualTo(line.decoded());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tracr")
    void everyActivationAgrees(String name) throws IOException {
        HookedTransformer model = HookedTransformer.load(load(name));
        CachedRun run = model.runWithCache(Fixtures.cases(name).get(0).input());

        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.folder(name).resolve("cache_0.safetensors"))
                .orThrow()) {
            assertThat(file.tensors().size()).isGreaterThan(15);
            for (String key : file.tensors().keySet()) {
                Tensor ours = key.equals("logits") ? run.logits() : run.cache().get(key);
                double[] theirs = file.read(key).orThrow();
                assertThat(ours.maxDifference(Tensor.of(theirs, ours.axes())))
                        .as(key)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withNorms")
    void normsAndActivationFunctionsAgree(String name) throws IOException {
        CompiledModel loaded = ModelStore.load(Fixtures.foreign(name).resolve("model.safetensors"))
                .orThrow();
        HookedTransformer model = HookedTransformer.load(loaded);
        JsonArray cases = JsonParser.parseString(
                        Files.readString(Fixtures.foreign(name).resolve("logits.json")))
                .getAsJsonArray();

        assertThat(cases).isNotEmpty();
        for (JsonElement line : cases) {
            int[] ids = line.getAsJsonObject().getAsJsonArray("token_ids").asList().stream()
                    .mapToInt(JsonElement::getAsInt)
                    .toArray();
            JsonArray expected = line.getAsJsonObject().getAsJsonArray("logits");
            Tensor logits = model.forward(model.tokens(ids));
            for (int p = 0; p < ids.length; p++) {
                for (int o = 0; o < model.config().dVocabOut(); o++) {
                    double wanted = expected.get(p).getAsJsonArray().get(o).getAsDouble();
                    assertThat(Math.abs(logits.get(0, p, o) - wanted)).isLessThan(TOLERANCE);
                }
            }
        }
    }

    private static CompiledModel load(String name) {
        return ModelStore.load(Fixtures.model(name)).orThrow();
    }
}
