package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The imported weights, codecs and configs, checked with a forward pass that is nobody's but the tests'. */
class FixtureWeightsTest {
    static ImmutableList<String> fixtures() {
        return Fixtures.NAMES;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyCaseDecodesAsListed(String name) {
        CompiledModel model = ModelStore.load(Fixtures.model(name)).orThrow();
        var transformer = new NaiveTransformer(model);
        OutputDecoder decoder = model.decoder().orElseThrow();
        for (Fixtures.FixtureCase c : Fixtures.cases(name)) {
            int[] ids = c.tokenIds().stream().mapToInt(i -> i).toArray();
            assertThat(ids[0]).isEqualTo(model.encoder().orElseThrow().bos());

            double[][] logits = transformer.logits(List.of(ids))[0];

            for (int p = 0; p < ids.length; p++) {
                for (int j = 0; j < logits[p].length; j++) {
                    assertThat(logits[p][j]).isCloseTo(c.logits().get(p).get(j), within(1e-9));
                }
            }
            for (int p = 1; p < ids.length; p++) {
                assertThat(model.encoder().orElseThrow().id(c.input().get(p - 1)))
                        .hasValue(ids[p]);
                Value value = decoder.decode(logits[p]);
                if (decoder instanceof OutputDecoder.Categorical) {
                    assertThat(value).isEqualTo(c.decoded().get(p - 1));
                } else {
                    // The list is Tracr's own answer in single precision.
                    assertThat(Agreement.error(c.decoded().get(p - 1), value)).isLessThan(1e-6);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theResidualStreamIsTransformerLenss(String name) throws IOException {
        CompiledModel model = ModelStore.load(Fixtures.model(name)).orThrow();
        int[] ids =
                Fixtures.cases(name).get(0).tokenIds().stream().mapToInt(i -> i).toArray();
        try (SafetensorsFile cache = SafetensorsFile.open(Fixtures.folder(name).resolve("cache_0.safetensors"))
                .orThrow()) {
            for (int layer = 0; layer < model.config().nLayers(); layer++) {
                for (String hook : List.of("hook_resid_pre", "hook_resid_mid", "hook_resid_post")) {
                    double[] expected =
                            cache.read("blocks." + layer + "." + hook).orThrow();
                    double[][] actual = new NaiveTransformer(model).activation(ids, "blocks." + layer + "." + hook);
                    for (int i = 0; i < expected.length; i++) {
                        int d = model.config().dModel();
                        assertThat(actual[i / d][i % d]).isCloseTo(expected[i], within(1e-9));
                    }
                }
            }
        }
    }
}
