package io.rasplens.compiler.lower;

import io.rasplens.grammar.diagnostic.Diagnostic;

/** Ends a lowering from deep inside with the diagnostic that says why; {@link OptimizedLowering} turns it into a result. */
final class Refusal extends RuntimeException {
    private final transient Diagnostic diagnostic;

    Refusal(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
