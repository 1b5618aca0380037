package io.rasplens.grammar.diagnostic;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import java.util.Optional;

/**
 * One message for the user. The first label is where it happened; further labels and notes tell how it came about, and
 * {@code help} the way out.
 *
 * @param message what is wrong, for this occurrence: {@code unknown name 'tokns'}
 * @param labels places, the primary one first; empty when there is no source text (a bad flag, a missing file)
 * @param notes further facts, one line each (the chain of calls, the values met)
 * @param help what to do about it
 * @param file the file that it is about, where no label says so: one that is missing or can't be read
 */
public record Diagnostic(
        DiagnosticCode code,
        Severity severity,
        String message,
        ImmutableList<Label> labels,
        ImmutableList<String> notes,
        Optional<String> help,
        Optional<String> file) {

    public static Diagnostic error(DiagnosticCode code, String message) {
        return new Diagnostic(
                code,
                Severity.ERROR,
                message,
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static Diagnostic error(DiagnosticCode code, String message, Span span) {
        return error(code, message).at(span, "");
    }

    public static Diagnostic warning(DiagnosticCode code, String message, Span span) {
        return new Diagnostic(
                code,
                Severity.WARNING,
                message,
                ImmutableList.of(new Label(span, "")),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same diagnostic with one more place. */
    public Diagnostic at(Span span, String text) {
        var more = ImmutableList.<Label>builder().addAll(labels).add(new Label(span, text));
        return new Diagnostic(code, severity, message, more.build(), notes, help, file);
    }

    /** The same diagnostic seen from {@code span}: that is where it happened now, and {@code text} says what its place was. */
    public Diagnostic seenFrom(Span span, String text) {
        var places = ImmutableList.<Label>builder().add(new Label(span, ""));
        for (int i = 0; i < labels.size(); i++) {
            places.add(i == 0 ? new Label(labels.get(0).span(), text) : labels.get(i));
        }
        return new Diagnostic(code, severity, message, places.build(), notes, help, file);
    }

    /** The same diagnostic with one more note. */
    public Diagnostic note(String note) {
        var more = ImmutableList.<String>builder().addAll(notes).add(note);
        return new Diagnostic(code, severity, message, labels, more.build(), help, file);
    }

    /** The same diagnostic with its way out. */
    public Diagnostic help(String text) {
        return new Diagnostic(code, severity, message, labels, notes, Optional.of(text), file);
    }

    /** The same diagnostic, about a file. */
    public Diagnostic about(String name) {
        return new Diagnostic(code, severity, message, labels, notes, help, Optional.of(name));
    }

    /** The same diagnostic under another code. */
    public Diagnostic under(DiagnosticCode other) {
        return new Diagnostic(other, severity, message, labels, notes, help, file);
    }

    /** The same diagnostic as a warning: it stops nothing. */
    public Diagnostic asWarning() {
        return new Diagnostic(code, Severity.WARNING, message, labels, notes, help, file);
    }

    /** The same diagnostic as an error, for who wants no warnings passed over. */
    public Diagnostic asError() {
        return new Diagnostic(code, Severity.ERROR, message, labels, notes, help, file);
    }

    /** Where it happened, if anywhere in a source file. */
    public Optional<Span> span() {
        return labels.isEmpty() ? Optional.empty() : Optional.of(labels.get(0).span());
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
