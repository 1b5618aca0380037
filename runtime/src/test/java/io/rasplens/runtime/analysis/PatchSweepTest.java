package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On reverse: the first answer depends on the last token, which only the last layer's head moves. */
class PatchSweepTest {
    private final HookedTransformer model =
            HookedTransformer.load(ModelStore.load(Fixtures.model("reverse")).orThrow());
    private final TokenBatch clean = model.encode(List.of(1, 1, 1, 3));
    private final TokenBatch corrupted = model.encode(List.of(1, 1, 1, 2));
    /** Logit of 3 minus logit of 2 at the first position: 1 on the clean input, -1 on the corrupted one. */
    private final PatchSweep sweep =
            new PatchSweep(model, clean, corrupted, logits -> logits.get(0, 1, 2) - logits.get(0, 1, 1));

    @Test
    void theTokenStandsAtTheLastPositionUntilTheLastLayer() {
        LabelledTable table = sweep.byPosition(HookKind.RESID_PRE);

        assertThat(table.rows()).containsExactly("0", "1", "2", "3");
        assertThat(table.columns()).containsExactly("0", "1", "2", "3", "4");
        for (int layer = 0; layer < 4; layer++) {
            for (int position = 0; position < 5; position++) {
                assertThat(table.get(layer, position)).isCloseTo(position == 4 ? 1 : -1, within(1e-6));
            }
        }
    }

    @Test
    void theLastHeadWritesItToTheFirstPosition() {
        LabelledTable table = sweep.byPosition(HookKind.ATTN_OUT);

        assertThat(table.get(3, 1)).isCloseTo(1, within(1e-6));
        assertThat(table.get(3, 4)).isCloseTo(-1, within(1e-6));
        assertThat(table.get(0, 1)).isCloseTo(-1, within(1e-6));
        assertThat(sweep.byHead(HookKind.V).get(3, 0)).isCloseTo(1, within(1e-6));
        assertThat(sweep.byHead(HookKind.PATTERN).get(3, 0))
                .as("where it looks does not depend on the tokens")
                .isCloseTo(-1, within(1e-6));
    }

    @Test
    void whatCannotBePatchedIsSaid() {
        assertThatThrownBy(() -> sweep.byHead(HookKind.MLP_OUT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PatchSweep(model, clean, model.encode(List.of(1)), logits -> 0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("5 positions");
    }
}
