package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Inputs made smaller step by step. */
class ShrinkInputTest {
    private static final ImmutableList<Value> VOCABULARY = letters("abc");
    private final List<String> tried = new ArrayList<>();

    private static ImmutableList<Value> letters(String text) {
        return text.chars()
                .<Value>mapToObj(c -> Value.of(String.valueOf((char) c)))
                .collect(ImmutableList.toImmutableList());
    }

    private static String text(ImmutableList<Value> input) {
        return String.join("", input.stream().map(Value::toString).toList());
    }

    private String shrunk(String found, int trials, Predicate<ImmutableList<Value>> fails) {
        Predicate<ImmutableList<Value>> noting = input -> {
            tried.add(text(input));
            return fails.test(input);
        };
        return text(new ShrinkInput(VOCABULARY, noting, trials).shrink(letters(found)));
    }

    private static int count(ImmutableList<Value> input, String letter) {
        return Collections.frequency(input, Value.of(letter));
    }

    @Test
    void tokensAreLeftOutAndMadeSimpler() {
        assertThat(shrunk("abcacbab", 1000, input -> count(input, "c") >= 2)).isEqualTo(text(letters("cc")));
        assertThat(shrunk("cbcb", 1000, input -> input.size() >= 3)).isEqualTo(text(letters("aaa")));
        assertThat(shrunk("cab", 1000, input -> count(input, "a") == 1 && input.size() >= 2))
                .isEqualTo(text(letters("ab")));
        assertThat(shrunk("cc", 1000, input -> false)).isEqualTo(text(letters("cc")));
    }

    /** Halves first, then single tokens; nothing is tried twice in a row, and never the empty input. */
    @Test
    void longRunsGoFirst() {
        assertThat(shrunk("bbbb", 1000, input -> true)).isEqualTo(text(letters("a")));
        assertThat(tried).containsExactly(text(letters("bb")), text(letters("b")), text(letters("a")));
        tried.clear();
        shrunk("abcba", 1000, input -> false);
        assertThat(tried.get(0)).isEqualTo(text(letters("cba")));
        assertThat(tried.get(1)).isEqualTo(text(letters("aba")));
        assertThat(tried.subList(2, 7))
                .containsExactly(
                        text(letters("bcba")),
                        text(letters("acba")),
                        text(letters("abba")),
                        text(letters("abca")),
                        text(letters("abcb")));
        assertThat(tried.subList(7, tried.size()))
                .containsExactly(
                        text(letters("aacba")), text(letters("ababa")), text(letters("abbba")), text(letters("abcaa")));
    }

    @Test
    void noMoreIsTriedThanAllowed() {
        assertThat(shrunk("bbbb", 3, input -> true)).isEqualTo(text(letters("a")));
        assertThat(shrunk("bbbb", 2, input -> true)).isEqualTo(text(letters("b")));
        assertThat(shrunk("bbbb", 1, input -> true)).isEqualTo(text(letters("bb")));
        assertThat(shrunk("bbbb", 0, input -> true)).isEqualTo(text(letters("bbbb")));
    }

    @Test
    void theStreamStandsAtItsHooks() {
        var config = RandomModels.plain(1, AttentionDirection.CAUSAL).config();
        assertThat(StreamHooks.name(StreamPoint.EMBEDDING, config)).isEqualTo(HookName.residPre(0));
        assertThat(StreamHooks.name(new StreamPoint(0, true), config)).isEqualTo(HookName.residMid(0));
        assertThat(StreamHooks.name(new StreamPoint(0, false), config)).isEqualTo(HookName.residPost(0));
    }

    @Test
    void inputsOfABudgetAreAllOfThem() {
        assertThat(VerifyOptions.of(VOCABULARY, 2).budget(100).inputs())
                .hasSize(3 + 9)
                .startsWith(letters("a"));
    }
}
