package io.rasplens.compiler.infer.refusal;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** Why a program that the interpreter runs can't become a transformer. */
public enum CompileCode implements DiagnosticCode {
    TOO_MANY_VALUES(701, "too many values"),
    NO_VALUES(702, "fails on every input"),
    OUTSIDE_DIRECT(703, "outside the direct layout"),
    TOO_MANY_UNITS(704, "hidden layer too wide"),
    MEAN_OF_NON_NUMBERS(705, "mean of non-numbers"),
    VALUES_TOO_CLOSE(706, "values too close"),
    NUMBER_OUT_OF_RANGE(707, "number out of range"),
    NOT_PRECISE(708, "precision not reached"),
    MODEL_TOO_LARGE(709, "model too large"),
    OUT_OF_TIME(710, "out of time"),
    FAILS_ON_SOME(711, "fails on some inputs"),
    MANY_UNITS(712, "many hidden units");

    private final CodeEntry entry;

    CompileCode(int number, String title) {
        this.entry = CodeEntry.error(number, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
