package io.rasplens.runtime.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldLineTest {
    @Test
    void whatFitsStays() {
        assertThat(FoldLine.fold("ab cd", 5, "  ", " ")).isEqualTo("ab cd\n");
        assertThat(FoldLine.fold("", 5, "  ", " ")).isEqualTo("\n");
    }

    @Test
    void textBreaksAtTheLastSpaceThatFitsAndHangs() {
        assertThat(FoldLine.fold("  one two three", 9, "    ", " ")).isEqualTo("  one two\n    three\n");
        assertThat(FoldLine.fold("one two", 6, " ", " ")).isEqualTo("one\n two\n");
    }

    @Test
    void aListKeepsItsCommas() {
        assertThat(FoldLine.fold("in   ['a b', 'c', 'd']", 18, "     ", ", "))
                .isEqualTo("in   ['a b', 'c',\n     'd']\n");
    }

    @Test
    void aWordThatIsTooWideStandsAlone() {
        assertThat(FoldLine.fold("  a incomprehensible b", 8, "    ", " "))
                .isEqualTo("  a\n    incomprehensible\n    b\n");
        assertThat(FoldLine.fold("incomprehensible", 8, "    ", " ")).isEqualTo("incomprehensible\n");
    }
}
