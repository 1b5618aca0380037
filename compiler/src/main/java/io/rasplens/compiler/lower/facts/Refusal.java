package io.rasplens.compiler.lower.facts;

import io.rasplens.grammar.diagnostic.Diagnostic;

/** Ends a lowering from deep inside with the diagnostic that says why; whoever began the lowering turns it into a result. */
public final class Refusal extends RuntimeException {
    private final transient Diagnostic diagnostic;

    public Refusal(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
