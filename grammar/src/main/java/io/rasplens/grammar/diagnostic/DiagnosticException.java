package io.rasplens.grammar.diagnostic;

import com.google.common.collect.ImmutableList;

/**
 * Thrown where a caller asked for a value that a user error prevented. Its message is what {@link DiagnosticRenderer} draws of the
 * diagnostics: cause, place, source line and help, so that a host's log tells what the command line tells.
 */
public final class DiagnosticException extends RuntimeException {
    private final transient ImmutableList<Diagnostic> diagnostics;

    public DiagnosticException(ImmutableList<Diagnostic> diagnostics) {
        super(DiagnosticRenderer.plain().render(diagnostics).stripTrailing());
        this.diagnostics = diagnostics;
    }

    public ImmutableList<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
