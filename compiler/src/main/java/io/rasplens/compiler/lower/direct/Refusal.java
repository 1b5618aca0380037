package io.rasplens.compiler.lower.direct;

import io.rasplens.grammar.diagnostic.Diagnostic;

/** Leaves a pass as soon as something can't be laid out; never leaves {@link DirectLowering}. */
final class Refusal extends Exception {
    private final transient Diagnostic diagnostic;

    Refusal(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
