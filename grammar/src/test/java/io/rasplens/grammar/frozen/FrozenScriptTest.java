package io.rasplens.grammar.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenScriptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1;  a, b = [2, 3];",
                "x = 12345678901234567890123; y = 0.25; z = \"a b\"; e = \"\"; u = \"😀\";",
                "f(1)[2];  -x ^ 2;  not a == b;  round(x) + indicator(y) % 3;",
                "a if b else c if d else e;  x in [1, 2];",
                "select(a, b, !=) and select(1, b, <=) or not s;",
                "aggregate(s, x);  aggregate(s, x, \"-\");",
                "[];  {};  {1: 2, \"a\": 3};  [x for x in y];  {k: v for k, v in zip(a, b)};",
                "range(1);  range(1, 2, 3);  len([1]);  zip(a);",
                "def f() { return 1; }  def g(a, b) { c = a + b; for i in range(3) { c = c + i; } return c, a; }",
                "# a remark\n  for k, v in pairs { x = k; y; }"
            })
    void aThawedTreeIsTheParsedOne(String text) {
        Script parsed = parse(text);
        Script thawed =
                ThawScript.thaw(FreezeScript.freeze(parsed), parsed.source()).orElseThrow();

        assertThat(thawed).isEqualTo(parsed);
    }

    @Test
    void aTreeBelongsToOneText() {
        String frozen = FreezeScript.freeze(parse("x = tokens;"));

        assertThat(ThawScript.thaw(frozen, SourceFile.of("t", "y = tokens;"))).isEmpty();
        assertThat(ThawScript.thaw(frozen, SourceFile.of("t", "x = tokens; "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"load \"a\";", "draw(x);", "exit\n", "#@ causal\n"})
    void whatNoLibraryHoldsIsRefused(String text) {
        assertThatThrownBy(() -> FreezeScript.freeze(parse(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t:1:1");
    }

    private static Script parse(String text) {
        return RaspParser.parse(SourceFile.of("t", text)).orThrow();
    }
}
