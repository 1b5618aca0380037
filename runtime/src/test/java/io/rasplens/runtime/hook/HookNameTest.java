package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names as TransformerLens has them, and the short ones. */
class HookNameTest {
    private static final TransformerConfig PLAIN =
            RandomModels.plain(1, AttentionDirection.CAUSAL).config();
    private static final TransformerConfig NORMED = RandomModels.of(
                    1, AttentionDirection.CAUSAL, Normalization.LN, Activation.RELU)
            .config();

    @Test
    void everyPointHasItsName() {
        List<HookName> names = List.of(
                HookName.embed(),
                HookName.posEmbed(),
                HookName.residPre(3),
                HookName.qInput(3),
                HookName.kInput(3),
                HookName.vInput(3),
                HookName.ln1Scale(3),
                HookName.ln1Normalized(3),
                HookName.q(3),
                HookName.k(3),
                HookName.v(3),
                HookName.attnScores(3),
                HookName.pattern(3),
                HookName.z(3),
                HookName.result(3),
                HookName.attnOut(3),
                HookName.residMid(3),
                HookName.mlpIn(3),
                HookName.ln2Scale(3),
                HookName.ln2Normalized(3),
                HookName.pre(3),
                HookName.post(3),
                HookName.mlpOut(3),
                HookName.residPost(3),
                HookName.lnFinalScale(),
                HookName.lnFinalNormalized(),
                HookName.unembedIn(),
                HookName.unembedOut());
        assertThat(HookName.texts(names))
                .containsExactly(
                        "hook_embed",
                        "hook_pos_embed",
                        "blocks.3.hook_resid_pre",
                        "blocks.3.hook_q_input",
                        "blocks.3.hook_k_input",
                        "blocks.3.hook_v_input",
                        "blocks.3.ln1.hook_scale",
                        "blocks.3.ln1.hook_normalized",
                        "blocks.3.attn.hook_q",
                        "blocks.3.attn.hook_k",
                        "blocks.3.attn.hook_v",
                        "blocks.3.attn.hook_attn_scores",
                        "blocks.3.attn.hook_pattern",
                        "blocks.3.attn.hook_z",
                        "blocks.3.attn.hook_result",
                        "blocks.3.hook_attn_out",
                        "blocks.3.hook_resid_mid",
                        "blocks.3.hook_mlp_in",
                        "blocks.3.ln2.hook_scale",
                        "blocks.3.ln2.hook_normalized",
                        "blocks.3.mlp.hook_pre",
                        "blocks.3.mlp.hook_post",
                        "blocks.3.hook_mlp_out",
                        "blocks.3.hook_resid_post",
                        "ln_final.hook_scale",
                        "ln_final.hook_normalized",
                        "unembed.hook_in",
                        "unembed.hook_out");
        assertThat(names).extracting(HookName::kind).containsExactly(HookKind.values());
        assertThat(HookName.pattern(3).layer()).isEqualTo(3);
        assertThat(HookName.embed().layer()).isEqualTo(-1);
        assertThat(HookName.pattern(3)).hasToString("blocks.3.attn.hook_pattern");
    }

    /** Norms have points in models that have norms, and nowhere else. */
    @Test
    void aModelHasThePointsOfItsParts() {
        assertThat(HookName.all(PLAIN))
                .hasSize(2 + 2 * 18 + 2)
                .noneMatch(name -> name.text().contains("ln"));
        assertThat(HookName.all(NORMED)).hasSize(2 + 2 * 22 + 4).startsWith(HookName.embed(), HookName.posEmbed());
        assertThat(HookName.all(NORMED))
                .endsWith(
                        HookName.residPost(1),
                        HookName.lnFinalScale(),
                        HookName.lnFinalNormalized(),
                        HookName.unembedIn(),
                        HookName.unembedOut());
    }

    @Test
    void namesAreEqualWhereTheirPartsAre() {
        assertThat(HookName.z(1))
                .isEqualTo(new HookName(HookKind.Z, 1))
                .hasSameHashCodeAs(new HookName(HookKind.Z, 1))
                .isNotEqualTo(HookName.z(0))
                .isNotEqualTo(HookName.q(1));
        assertThat(HookName.all(NORMED).stream().map(HookName::hashCode).collect(Collectors.toSet()))
                .hasSizeGreaterThan(40);
    }

    @Test
    void layersAreForPointsInBlocks() {
        assertThatThrownBy(() -> new HookName(HookKind.EMBED, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HookName(HookKind.Z, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new HookName(HookKind.Z, 0).layer()).isZero();
    }

    /** What a model without norms does not have is not suggested either; nor is in a layer what stands outside. */
    @Test
    void shortNamesAreThoseOfTheModel() {
        assertThat(KeyNames.resolve(NORMED, "ln1.scale", 1)).isEqualTo(HookName.ln1Scale(1));
        EngineException norm = unknown("ln1.scale");
        assertThat(norm.message()).isEqualTo("no activation of a layer is called 'ln1.scale'");
        assertThat(norm.help().orElse("")).doesNotContain("ln1");
        assertThat(unknown("logits").help().orElse("")).doesNotContain("logits");
        assertThat(unknown("mlp_pots").help().orElse("")).contains("'mlp_post'");
    }

    private static EngineException unknown(String name) {
        try {
            KeyNames.resolve(PLAIN, name, 0);
        } catch (EngineException e) {
            assertThat(e.code()).isEqualTo(EngineCode.UNKNOWN_HOOK);
            return e;
        }
        throw new AssertionError(name + " is known");
    }
}
