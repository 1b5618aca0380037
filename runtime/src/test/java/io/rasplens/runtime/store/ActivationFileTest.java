package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.store.ActivationFile.SavedActivation;
import io.rasplens.runtime.store.safetensors.Dtype;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import io.rasplens.runtime.store.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationFileTest {
    @Test
    void activationsComeBackBitForBit(@TempDir Path folder) throws IOException {
        double[] pattern = {0.1, -0.0, Double.NEGATIVE_INFINITY, Double.NaN, 1e-300, 1.0 / 3};
        Map<String, SavedActivation> activations = new LinkedHashMap<>();
        activations.put("blocks.0.attn.hook_attn_scores", SavedActivation.of(new int[] {1, 1, 2, 3}, i -> pattern[i]));
        activations.put("hook_embed", SavedActivation.of(new int[] {1, 2, 0}, i -> 7));

        Path file = ActivationFile.write(folder.resolve("acts.safetensors"), activations)
                .orThrow();

        try (SafetensorsFile open = SafetensorsFile.open(file).orThrow()) {
            assertThat(open.tensors().keySet()).containsExactly("blocks.0.attn.hook_attn_scores", "hook_embed");
            TensorEntry scores = java.util.Objects.requireNonNull(open.tensors().get("blocks.0.attn.hook_attn_scores"));
            assertThat(scores.dtype()).isEqualTo(Dtype.F64);
            assertThat(scores.shape().toArray()).containsExactly(1, 1, 2, 3);
            assertThat(open.read("blocks.0.attn.hook_attn_scores").orThrow()).containsExactly(pattern);
            assertThat(open.read("hook_embed").orThrow()).isEmpty();
        }
    }

    @Test
    void anActivationThatFailsWhileBeingWrittenLeavesNothing(@TempDir Path folder) {
        Map<String, SavedActivation> activations = Map.of("x", SavedActivation.of(new int[] {2}, i -> {
            throw new IllegalStateException("no more");
        }));

        try {
            ActivationFile.write(folder.resolve("acts.safetensors"), activations)
                    .orThrow();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no more");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theFixturesOwnCachesCanBeRead() throws IOException {
        for (String name : Fixtures.NAMES) {
            try (SafetensorsFile cache = SafetensorsFile.open(
                            Fixtures.folder(name).resolve("cache_0.safetensors"))
                    .orThrow()) {
                assertThat(cache.tensors()).containsKey("blocks.0.attn.hook_pattern");
                assertThat(cache.read("logits").orThrow()).isNotEmpty();
            }
        }
    }
}
