package io.rasplens.grammar.diagnostic;

import io.rasplens.grammar.source.SourceFile;

/**
 * A line of source as a terminal shows it, and the column where each of its characters begins. Tabs become spaces, characters
 * that would act on the terminal become {@code �}, and of a very long line only the part around one place is kept.
 */
final class SourceLine {
    private static final int TAB = 4;

    /** UTF-16 units kept on the left and on the right of the place in question; lines shorter than both stay whole. */
    private static final int BEFORE = 60;

    private static final int AFTER = 100;

    private final int start;
    private final int end;
    private final int[] columns;
    private final String text;

    /** The 1-based {@code line}, clipped around {@code place} (an offset in it) if need be. */
    SourceLine(SourceFile source, int line, int place) {
        int lineStart = source.lineStart(line);
        String whole = source.lineText(line);
        int from = 0;
        int to = whole.length();
        if (isLong(whole)) {
            from = snap(whole, Math.max(0, place - lineStart - BEFORE));
            to = snap(whole, Math.min(whole.length(), place - lineStart + AFTER));
        }
        this.start = lineStart + from;
        this.end = lineStart + to;
        this.columns = new int[to - from + 1];
        var shown = new StringBuilder();
        int column = 0;
        if (from > 0) {
            shown.append('…');
            column = 1;
        }
        int previous = 0;
        for (int i = from; i < to; i += Character.charCount(previous)) {
            int point = whole.codePointAt(i);
            int size = Character.charCount(point);
            java.util.Arrays.fill(columns, i - from, i - from + size, column);
            if (point == '\t') {
                int spaces = TAB - column % TAB;
                shown.append(" ".repeat(spaces));
                column += spaces;
            } else if (SafeText.isUnsafe(point)) {
                shown.append('\uFFFD');
                column++;
            } else {
                shown.appendCodePoint(point);
                column += DisplayWidth.of(point, previous);
            }
            previous = point;
        }
        columns[to - from] = column;
        if (to < whole.length()) {
            shown.append('…');
        }
        this.text = shown.toString();
    }

    static boolean isLong(String line) {
        return line.length() > BEFORE + AFTER;
    }

    /** The line as it is to be printed. */
    String text() {
        return text;
    }

    /** The display column, from 0, where the character at a source offset begins. */
    int column(int offset) {
        return columns[Math.max(start, Math.min(end, offset)) - start];
    }

    private static int snap(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index - 1 : index;
    }
}
