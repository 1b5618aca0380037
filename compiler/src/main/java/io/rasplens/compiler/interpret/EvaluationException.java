package io.rasplens.compiler.interpret;

import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** An operation that fails on the values it meets: division by zero, order between a string and a number, a missing key. */
public final class EvaluationException extends Exception {
    private final transient DiagnosticCode code;

    public EvaluationException(DiagnosticCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public DiagnosticCode code() {
        return code;
    }
}
