package io.rasplens.grammar.diagnostic;

import com.google.common.collect.ImmutableList;

/** Thrown where a caller asked for a value that a user error prevented; its message is the rendered diagnostics. */
public final class DiagnosticException extends RuntimeException {
    private final transient ImmutableList<Diagnostic> diagnostics;

    public DiagnosticException(ImmutableList<Diagnostic> diagnostics) {
        super(summarise(diagnostics));
        this.diagnostics = diagnostics;
    }

    public ImmutableList<Diagnostic> diagnostics() {
        return diagnostics;
    }

    private static String summarise(ImmutableList<Diagnostic> diagnostics) {
        var out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            out.append(out.isEmpty() ? "" : System.lineSeparator())
                    .append(diagnostic.severity().label())
                    .append('[')
                    .append(diagnostic.code().id())
                    .append("]: ")
                    .append(diagnostic.message());
            diagnostic.span().ifPresent(span -> out.append(" at ").append(span));
        }
        return out.toString();
    }
}
