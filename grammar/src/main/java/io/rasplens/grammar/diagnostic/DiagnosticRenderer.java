package io.rasplens.grammar.diagnostic;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws diagnostics for people; pure, text in and text out:
 *
 * <pre>
 * error[E0203]: unknown name 'tokns'
 *  --> reverse.rasp:3:17
 *   |
 * 3 | out = aggregate(s, tokns);
 *   |                    ^^^^^
 * help: did you mean 'tokens'?
 * </pre>
 *
 * The primary label is underlined with {@code ^}, the others with {@code -}. Every line ends with a line break.
 */
public final class DiagnosticRenderer {
    private final boolean coloured;

    private DiagnosticRenderer(boolean coloured) {
        this.coloured = coloured;
    }

    /** Draws without colours: for files, pipes and tests. */
    public static DiagnosticRenderer plain() {
        return new DiagnosticRenderer(false);
    }

    /** Draws with ANSI colours. */
    public static DiagnosticRenderer coloured() {
        return new DiagnosticRenderer(true);
    }

    /** All of them, a blank line between two. */
    public String render(Collection<Diagnostic> diagnostics) {
        return diagnostics.stream().map(this::render).collect(Collectors.joining("\n"));
    }

    public String render(Diagnostic diagnostic) {
        var out = new StringBuilder();
        Paint severity = diagnostic.isError() ? Paint.RED : Paint.YELLOW;
        String head = diagnostic.severity().label() + "[" + diagnostic.code().id() + "]";
        out.append(paint(severity, head))
                .append(paint(Paint.BOLD, ": " + SafeText.line(diagnostic.message())))
                .append('\n');
        appendPlaces(out, diagnostic.labels(), severity);
        diagnostic.notes().forEach(note -> appendRemark(out, "note", Paint.BLUE, note));
        diagnostic.help().ifPresent(help -> appendRemark(out, "help", Paint.GREEN, help));
        return out.toString();
    }

    private void appendRemark(StringBuilder out, String word, Paint paint, String text) {
        String indented = SafeText.lines(text).replace("\n", "\n" + " ".repeat(word.length() + 2));
        out.append(paint(paint, word)).append(": ").append(indented).append('\n');
    }

    private void appendPlaces(StringBuilder out, ImmutableList<Label> labels, Paint severity) {
        if (labels.isEmpty()) {
            return;
        }
        int width = labels.stream()
                .mapToInt(label -> String.valueOf(label.span().line()).length())
                .max()
                .orElse(1);
        String margin = " ".repeat(width);
        Map<SourceFile, List<Label>> byFile = new LinkedHashMap<>();
        labels.forEach(label -> byFile.computeIfAbsent(label.span().source(), key -> new ArrayList<>())
                .add(label));
        boolean first = true;
        for (List<Label> group : byFile.values()) {
            String arrow = first ? "--> " : "::: ";
            out.append(margin)
                    .append(paint(Paint.BLUE, arrow))
                    .append(SafeText.line(group.get(0).span().toString()))
                    .append('\n');
            out.append(margin).append(paint(Paint.BLUE, " |")).append('\n');
            appendFile(out, group, margin, labels.get(0), severity);
            first = false;
        }
    }

    private void appendFile(StringBuilder out, List<Label> labels, String margin, Label primary, Paint severity) {
        List<Label> sorted = new ArrayList<>(labels);
        sorted.sort(Comparator.comparingInt(label -> label.span().line()));
        int previous = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Span span = sorted.get(i).span();
            int line = span.line();
            boolean clipped = SourceLine.isLong(span.source().lineText(line));
            if (line != previous || clipped) {
                if (previous != 0 && line > previous + 1) {
                    out.append(margin).append(paint(Paint.BLUE, "...")).append('\n');
                }
                var shown = new SourceLine(span.source(), line, span.start());
                out.append(paint(Paint.BLUE, pad(line, margin.length()) + " |"))
                        .append(shown.text().isEmpty() ? "" : " " + shown.text())
                        .append('\n');
            }
            previous = line;
            boolean isPrimary = sorted.get(i).equals(primary);
            String underline = underline(sorted.get(i), line, isPrimary ? '^' : '-');
            var shown = new SourceLine(span.source(), line, span.start());
            out.append(margin)
                    .append(paint(Paint.BLUE, " |"))
                    .append(" ".repeat(1 + shown.column(span.start())))
                    .append(paint(isPrimary ? severity : Paint.BLUE, underline))
                    .append('\n');
        }
    }

    private static String underline(Label label, int line, char mark) {
        Span span = label.span();
        var shown = new SourceLine(span.source(), line, span.start());
        int columns = Math.max(1, shown.column(span.end()) - shown.column(span.start()));
        String text = SafeText.lines(label.text()).replace('\n', ' ');
        return String.valueOf(mark).repeat(columns) + (text.isEmpty() ? "" : " " + text);
    }

    private static String pad(int line, int width) {
        String number = String.valueOf(line);
        return " ".repeat(width - number.length()) + number;
    }

    private String paint(Paint paint, String text) {
        return coloured ? paint.code + text + "\u001B[0m" : text;
    }

    private enum Paint {
        BOLD("\u001B[1m"),
        RED("\u001B[1;31m"),
        YELLOW("\u001B[1;33m"),
        BLUE("\u001B[1;34m"),
        GREEN("\u001B[1;32m");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }
}
