package io.rasplens.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.intervene.Interchange;
import io.rasplens.runtime.analysis.intervene.InterchangeOptions;
import org.junit.jupiter.api.Test;

class InterchangeJsonTest {
    @Test
    void aSampleIsSaidToBeOne() {
        CompiledProgram compiled = CompiledProgram.example("double_hist", 0);
        InterchangeOptions all = InterchangeOptions.of(
                compiled.target().vocabulary(), compiled.target().maxLength());

        JsonObject whole = json(compiled, all.budget(10));
        JsonObject part = json(compiled, all.work(1e5));

        assertThat(whole.keySet()).containsExactly("accuracy", "sops");
        assertThat(part.keySet()).containsExactly("accuracy", "sops", "sample");
        JsonObject sample = part.getAsJsonObject("sample");
        assertThat(sample.keySet()).containsExactly("done", "planned");
        assertThat(sample.get("done").getAsLong())
                .isPositive()
                .isLessThan(sample.get("planned").getAsLong());
        assertThat(sample.get("planned").getAsLong())
                .isEqualTo((long) InterchangeOptions.DEFAULT_BUDGET
                        * part.getAsJsonArray("sops").size());
    }

    private static JsonObject json(CompiledProgram compiled, InterchangeOptions options) {
        return InterchangeJson.of(Interchange.measure(compiled.transformer(), compiled.program(), options));
    }
}
