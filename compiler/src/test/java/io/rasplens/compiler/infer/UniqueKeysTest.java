package io.rasplens.compiler.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selectors that are proved to select one key at most, and such as must not be. */
class UniqueKeysTest {
    private static final String PRELUDE = """
            #@ vocab ["a", "b", "c"]
            #@ max_length 5
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select_from_last(tokens, \"a\")",
                "select_from_first(tokens, \"a\")",
                "select_from_first(indices % 2, 1)",
                "select_next_identical(tokens)",
                "select_from_last(selector_width(select(tokens, tokens, ==)), 2)",
                "select(tokens, tokens, ==) and select(selector_width(select(indices, indices, >) and select(tokens, tokens, ==)), 1, ==)",
                "select(True, tokens == \"a\", ==) and select_from_first(tokens, \"b\")"
            })
    void oneKeyAtMost(String selector) {
        assertThat(isAtMostOne(selector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select(tokens == \"a\", True, ==)",
                "select(mark_last_instance(tokens, \"a\"), False, ==)",
                "select(tokens == \"a\" and not (selector_width(select(tokens, \"b\", ==) and select(indices, indices, >)) > 0), True, ==)",
                "select(tokens == \"a\" and not (selector_width(select(tokens, \"a\", ==) and select(indices, indices, >)) > 1), True, ==)",
                "select(selector_width(select(tokens, tokens, ==) and select(indices, indices, <)), 1, ==)",
                "select(tokens, tokens, ==) and select(selector_width(select(tokens, tokens, ==)), 1, ==)",
                "select(tokens == \"a\" and aggregate(select(tokens, \"a\", ==) and select(indices, indices, >), 1 if indices % 2 == 0 else 3, 2) == 2, True, ==)"
            })
    void perhapsSeveral(String selector) {
        assertThat(isAtMostOne(selector)).isFalse();
    }

    /** Causally nobody sees what comes later, so the last one can't be told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select_from_last(tokens, \"a\")",
                "select(tokens, tokens, ==) and select(selector_width(select(tokens, tokens, ==) and select(indices, indices, >)), 0, ==)"
            })
    void laterOnesAreNotSeenCausally(String selector) {
        assertThat(isAtMostOne("#@ causal\n", selector)).isFalse();
        assertThat(isAtMostOne("#@ causal\n", selector.replace("last", "first").replace("indices, >", "indices, <")))
                .isTrue();
    }

    private static boolean isAtMostOne(String selector) {
        return isAtMostOne("", selector);
    }

    private static boolean isAtMostOne(String directive, String selector) {
        String source = PRELUDE + directive + "x = aggregate(" + selector + ", indices);";
        CompileTarget target = RaspCompiler.elaborate(
                        SourceFile.of("test.rasp", source), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT))
                .orThrow();
        Inference inference = ValueInference.infer(target).orThrow();
        return inference.atMostOne(((SOp.Aggregate) target.program().output()).selector());
    }
}
