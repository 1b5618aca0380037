package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;

/**
 * Ends the running statement. Thrown and caught inside this package only; outside, diagnostics are values. Without a diagnostic
 * it means that the statement hangs on another that was reported already.
 */
final class Rejection extends RuntimeException {
    private final transient ImmutableList<Diagnostic> diagnostics;

    private Rejection(ImmutableList<Diagnostic> diagnostics) {
        super(null, null, false, false);
        this.diagnostics = diagnostics;
    }

    static Rejection of(Diagnostic diagnostic) {
        return new Rejection(ImmutableList.of(diagnostic));
    }

    static Rejection of(ImmutableList<Diagnostic> diagnostics) {
        return new Rejection(diagnostics);
    }

    static Rejection silent() {
        return new Rejection(ImmutableList.of());
    }

    ImmutableList<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
