package io.rasplens.grammar.parse;

import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Turns ANTLR's token positions, which count code points, into spans, which count UTF-16 units. */
final class Offsets {
    private final SourceFile source;

    /** UTF-16 offset of each code point, one more for the end; null where the two counts agree. */
    private final int @Nullable [] units;

    Offsets(SourceFile source) {
        this.source = source;
        String text = source.text();
        int points = text.codePointCount(0, text.length());
        if (points == text.length()) {
            units = null;
            return;
        }
        units = new int[points + 1];
        int unit = 0;
        for (int point = 0; point < points; point++) {
            units[point] = unit;
            unit += Character.charCount(text.codePointAt(unit));
        }
        units[points] = unit;
    }

    SourceFile source() {
        return source;
    }

    /** A token's span; empty at its place for the end of a line or of the text. */
    Span of(Token token) {
        return between(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
    }

    Span of(Token first, Token last) {
        return between(first.getStartIndex(), Math.max(first.getStartIndex(), last.getStopIndex() + 1));
    }

    Span of(ParserRuleContext context) {
        return of(context.getStart(), context.getStop());
    }

    /** The empty span right behind a token. */
    Span after(Token token) {
        return between(token.getStopIndex() + 1, token.getStopIndex() + 1);
    }

    private Span between(int start, int end) {
        return new Span(source, unit(start), unit(end));
    }

    private int unit(int point) {
        int[] table = units;
        return Math.min(
                table == null ? point : table[Math.min(point, table.length - 1)],
                source.text().length());
    }
}
