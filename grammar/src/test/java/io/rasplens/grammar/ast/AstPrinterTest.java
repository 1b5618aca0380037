package io.rasplens.grammar.ast;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.Golden;
import io.rasplens.grammar.parse.ParseLimits;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AstPrinterTest {
    @ParameterizedTest
    @ValueSource(strings = {"statements", "expressions"})
    void printsTrees(String name) {
        var source = SourceFile.of(name, Golden.read("ast/" + name + ".rasp"));
        Golden.check(
                "ast/" + name + ".ast",
                AstPrinter.print(RaspParser.parse(source).orThrow()));
    }

    @Test
    void printsPlaces() {
        var source = SourceFile.of("test", "x =\n  (\"😀\") + 1;");
        assertThat(AstPrinter.print(RaspParser.parse(source).orThrow(), true)).isEqualTo("""
                assign x  @1:1-2:13
                  binary +  @2:3-12
                    literal '😀'  @2:4-7
                    literal 1  @2:11-12
                """);
    }

    @Test
    void printsLongChains() {
        var source = SourceFile.of("test", "a" + " + a".repeat(ParseLimits.CHAIN) + ";");
        String text = AstPrinter.print(RaspParser.parse(source).orThrow());
        assertThat(text.lines()).hasSize(2 * ParseLimits.CHAIN + 2);
        assertThat(text).contains("  [61] binary +\n").hasSizeLessThan(4_000_000);
    }
}
