package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookFilterTest {
    private static final ImmutableList<HookName> ALL =
            HookName.all(RandomModels.plain(1, AttentionDirection.CAUSAL).config());

    private static List<String> found(HookFilter filter) {
        return HookName.texts(filter.resolve(ALL).asList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hook_embed                     | hook_embed
                    blocks.*.attn.hook_pattern     | blocks.0.attn.hook_pattern blocks.1.attn.hook_pattern
                    blocks.?.attn.hook_z           | blocks.0.attn.hook_z blocks.1.attn.hook_z
                    blocks.1.hook_resid_{mid,post} | blocks.1.hook_resid_mid blocks.1.hook_resid_post
                    *{hook_embed,1.*hook_{q,k}}    | hook_embed blocks.1.attn.hook_q blocks.1.attn.hook_k
                    {,pos_}hook_embed              | hook_embed
                    unembed.**                     | unembed.hook_in unembed.hook_out
                    embed                          | hook_embed
                    pattern                        | blocks.0.attn.hook_pattern blocks.1.attn.hook_pattern
                    attn.hook_pattern              | blocks.0.attn.hook_pattern blocks.1.attn.hook_pattern
                    resid_post                     | blocks.0.hook_resid_post blocks.1.hook_resid_post
                    mlp_post                       | blocks.0.mlp.hook_post blocks.1.mlp.hook_post
                    blocks.1.hook_resid_pre        | blocks.1.hook_resid_pre
                    """)
    void patternsMatchWholeNamesInFiringOrder(String pattern, String expected) {
        assertThat(found(HookFilter.parse(pattern))).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "embe",
                "blocks.2.*",
                "ln1.scale",
                "blocks.2.hook_resid_pre",
                "hook.embed",
                "hook_embed,hook_pos_embed",
                "(",
                "[a",
                "\\E"
            })
    void whatMatchesNothingIsAnError(String pattern) {
        assertThatThrownBy(() -> HookFilter.parse(pattern).resolve(ALL))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(EngineCode.UNKNOWN_HOOK);
                    assertThat(e.message()).isEqualTo("no hook point matches '" + pattern + "'");
                    assertThat(e).hasMessage(e.message() + " (help: " + e.help().orElseThrow() + ")");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "a{b", "a}b{", "{{a}"})
    void unbalancedBracesAreAnError(String pattern) {
        assertThatThrownBy(() -> HookFilter.parse(pattern))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unbalanced braces");
    }

    @ParameterizedTest
    @CsvSource({"patern, pattern", "resid_pots, resid_post", "hook_embd, hook_embed", "mlp_pots, mlp_post"})
    void aNearNameIsSuggestedShortOrFull(String name, String near) {
        assertThatThrownBy(() -> HookFilter.parse(name).resolve(ALL))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.help().orElseThrow())
                                .startsWith("did you mean")
                                .contains("'" + near + "'"));
    }

    @Test
    void eachOfSeveralPatternsMustMatch() {
        HookFilter both = HookFilter.anyOf(List.of(HookFilter.parse("hook_embed"), HookFilter.parse("blocks.7.*")));

        assertThatThrownBy(() -> both.resolve(ALL)).hasMessageStartingWith("no hook point matches 'blocks.7.*'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*?", "{*,}", "*{,a}"})
    void aPatternOfManyWildcardsIsNotTriedInAllWays(String part) {
        String pattern = part.repeat(30) + "!";

        assertThatThrownBy(() -> HookFilter.parse(pattern).resolve(ALL))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("no hook point matches '" + part);
    }

    @Test
    void deeplyNestedBracesAreRefused() {
        String pattern = "{".repeat(100_000) + "a" + "}".repeat(100_000);

        assertThatThrownBy(() -> HookFilter.parse(pattern).resolve(ALL))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void theStandardLeavesOutTheReadersInputsOnly() {
        List<String> standard = found(HookFilter.standard());
        Set<String> left = Set.of("hook_q_input", "hook_k_input", "hook_v_input", "hook_mlp_in");

        assertThat(HookName.texts(ALL))
                .filteredOn(name -> !standard.contains(name))
                .hasSize(8)
                .allMatch(name -> left.contains(name.substring(name.lastIndexOf('.') + 1)));
    }

    @Test
    void aTextMeansTheSamePointsWhoeverParsesIt() {
        for (String text : List.of("pattern", "blocks.0.*", "hook_embed")) {
            assertThat(HookFilter.parse(text))
                    .isEqualTo(HookFilter.parse(text))
                    .hasSameHashCodeAs(HookFilter.parse(text));
            assertThat(HookFilter.parse(text).isWritten()).isTrue();
        }
        HookFilter both = HookFilter.anyOf(List.of(HookFilter.parse("pattern"), HookFilter.parse("z")));
        assertThat(both)
                .isEqualTo(HookFilter.anyOf(List.of(HookFilter.parse("pattern"), HookFilter.parse("z"))))
                .isNotEqualTo(HookFilter.anyOf(List.of(HookFilter.parse("pattern"), HookFilter.parse("q"))));
        assertThat(both.isWritten()).isTrue();
        assertThat(HookFilter.parse("pattern")).isNotEqualTo(HookFilter.parse("z"));

        HookFilter own = HookFilter.where("pattern", name -> true);
        assertThat(own.isWritten()).isFalse();
        assertThat(HookFilter.anyOf(List.of(HookFilter.parse("z"), own)).isWritten())
                .isFalse();
    }
}
