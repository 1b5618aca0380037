package io.rasplens.compiler.interpret;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can go wrong when a program meets values: an operation on atoms, or an s-op on an input. */
public enum EvaluationCode implements DiagnosticCode {
    DIVISION_BY_ZERO(401, "division by zero"),
    WRONG_OPERANDS(402, "operands of the wrong kind"),
    TOO_LARGE(403, "value too large"),
    INDEX_OUT_OF_RANGE(404, "index out of range"),
    INDEX_NOT_INT(405, "index is not an int"),
    MISSING_KEY(406, "missing key"),
    MIXED_SEQUENCE(407, "mixed sequence"),
    MEAN_OF_NON_NUMBERS(408, "mean of non-numbers"),
    BAD_CONVERSION(409, "token can't be converted"),
    NOT_A_REAL_NUMBER(410, "no real result"),
    FLOAT_OVERFLOW(411, "number out of a float's range"),
    EMPTY_INPUT(412, "empty input"),
    TOO_MUCH_WORK(413, "evaluation too large");

    private final CodeEntry entry;

    EvaluationCode(int number, String title) {
        this.entry = CodeEntry.error(number, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
