package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompletenessTest {
    @Test
    void finished() {
        for (String text : List.of(
                "",
                "  \n",
                "# a comment",
                "a = 3;",
                "a = 3; # why",
                "a = 3; b = 4;",
                "def f(a) { return a; }",
                "def f(a) {\n  b = {1: 2};\n  return b;\n}",
                "for x in [1, 2] { y = x; }",
                "a = {1: 2};",
                "a = \"}\";",
                "set example \"hi\"",
                "set s-op example [1,\n2]",
                "show example",
                "s-op examples off",
                "selector examples on",
                "examples off",
                "full seq display on",
                "exit",
                "quit()",
                "help sort",
                ":compile reverse",
                "a = \"unterminated",
                "a = 3);")) {
            assertThat(Completeness.isFinished(text)).as(text).isTrue();
        }
    }

    @Test
    void unfinished() {
        for (String text : List.of(
                "a",
                "a = 3",
                "a = 3 # ;",
                "a = [1,",
                "a = (1;",
                "def f(a) {",
                "def f(a) { return a;",
                "def f(a) { b = {1: 2}; ",
                "a = {1: 2}",
                "set example [1,",
                "a = 3; b",
                "full",
                "examples_of",
                "settle",
                "exit\na")) {
            assertThat(Completeness.isFinished(text)).as(text).isFalse();
        }
    }

    @Test
    void countsOpenBrackets() {
        assertThat(Completeness.openBrackets("def f(a) {\n x = [1,")).isEqualTo(2);
        assertThat(Completeness.openBrackets("a = 3;")).isZero();
    }
}
