package io.rasplens.grammar.source;

/**
 * A stretch of a source file, {@code start} to {@code end} exclusive, in UTF-16 offsets. Line and column are worked out only
 * when somebody asks.
 */
public record Span(SourceFile source, int start, int end) {
    public Span {
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " outside " + source.name());
        }
    }

    /** The smallest span over both; both must be of one file. */
    public Span to(Span other) {
        return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
    }

    /** 1-based line of the first character. */
    public int line() {
        return source.line(start);
    }

    /** 1-based column of the first character, in code points. */
    public int column() {
        return source.column(start);
    }

    public String text() {
        return source.text().substring(start, end);
    }

    /** {@code reverse.rasp:3:17}. */
    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }
}
