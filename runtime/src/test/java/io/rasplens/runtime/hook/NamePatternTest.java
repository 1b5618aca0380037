package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.runtime.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What patterns match, character by character. */
class NamePatternTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    a?,     ab
                    ?,      a
                    *,      ''
                    *,      abc
                    a*,     a
                    a*c,    abbc
                    ab*b,   abb
                    *a*,    bab
                    '{a,b}c', bc
                    '*,b',  'a,b'
                    '{,a}b', b
                    'a{b{c,d},e}', abd
                    'a{b{c,d},e}', ae
                    """)
    void matches(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    a?,     a
                    a?,     abc
                    ?,      ''
                    a,      ab
                    ab*b,   ab
                    a*c,    abcb
                    *b,     a
                    '{a,b}c', c
                    '{a,b}', ab
                    'a{b{c,d},e}', abe
                    """)
    void doesNotMatch(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).matches(name)).isFalse();
    }

    /** Names are as long as there are bits for their places. */
    @Test
    void namesMayBeSixtyThreeLong() {
        String longest = "n".repeat(63);
        assertThat(NamePattern.parse("*").matches(longest)).isTrue();
        assertThat(NamePattern.parse("?".repeat(63)).matches(longest)).isTrue();
        assertThat(NamePattern.parse("?".repeat(62)).matches(longest)).isFalse();
        assertThatThrownBy(() -> NamePattern.parse("*").matches(longest + "n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nnn");
    }

    @Test
    void bracesNestTwentyDeep() {
        assertThat(NamePattern.parse("{".repeat(20) + "a" + "}".repeat(20)).matches("a"))
                .isTrue();
        assertThatThrownBy(() -> NamePattern.parse("{".repeat(21) + "a" + "}".repeat(21)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("too deeply nested braces");
    }

    /** Messages show eighty characters of what somebody wrote. */
    @Test
    void longPatternsAreCutInMessages() {
        String eighty = "x".repeat(80);
        assertThat(HookFilter.shown(eighty)).isEqualTo(eighty);
        assertThat(HookFilter.shown(eighty + "y")).isEqualTo(eighty + "…");
    }
}
