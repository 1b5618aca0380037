package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.parse.antlr.RaspLexer;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** The comments of a text, handed out once each in their order. */
final class Comments {
    private final ImmutableList<Span> all;
    private int next;

    Comments(Offsets offsets) {
        var lexer = new RaspLexer(CharStreams.fromString(offsets.source().text()));
        lexer.removeErrorListeners();
        var found = ImmutableList.<Span>builder();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            if (token.getType() == RaspLexer.COMMENT) {
                found.add(offsets.of(token));
            }
        }
        this.all = found.build();
    }

    /** Takes the comments that begin before an offset. */
    List<Span> takeBefore(int offset) {
        var taken = new ArrayList<Span>();
        while (next < all.size() && all.get(next).start() < offset) {
            taken.add(all.get(next++));
        }
        return taken;
    }

    /** Whether a comment that is still there begins before an offset. */
    boolean hasBefore(int offset) {
        return next < all.size() && all.get(next).start() < offset;
    }

    /** Takes the next comment; there must be one. */
    Span take() {
        return all.get(next++);
    }

    /** Whether the next comment begins before an offset and on a line. */
    boolean hasOnLine(int line, int before) {
        return hasBefore(before) && all.get(next).line() == line;
    }
}
