package io.rasplens.runtime;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What a user can do wrong when running a model or looking into it. */
public enum EngineCode implements DiagnosticCode {
    UNKNOWN_TOKEN("E0801", "token outside the vocabulary"),
    INPUT_TOO_LONG("E0802", "input too long for the model"),
    EMPTY_INPUT("E0803", "empty input"),
    TOKEN_ID_OUT_OF_RANGE("E0804", "token id outside the vocabulary"),
    NO_CODEC("E0805", "the model does not know values"),
    NO_PADDING_TOKEN("E0806", "ragged batch without a padding token"),
    UNKNOWN_HOOK("E0811", "unknown hook point"),
    WRONG_SHAPE("E0812", "wrong shape"),
    NOT_CACHED("E0813", "activation not in the cache"),
    LAYER_OUT_OF_RANGE("E0814", "no such layer"),
    UNKNOWN_SOP("E0815", "s-op that cannot be read from the model"),
    UNKNOWN_OUTPUT("E0816", "unknown output"),
    ACTIVATIONS_TOO_LARGE("E0817", "activations too large for memory"),
    NOTHING_TO_RECOVER("E0818", "clean and corrupted answers are the same"),
    SOP_NOT_SETTABLE("E0824", "s-op that cannot be set"),
    IMPOSSIBLE_VALUE("E0825", "value that an s-op never has"),
    OUTSIDE_COMBINATIONS("E0826", "values that never meet"),
    NOT_FINITE("E0819", "numbers that are not finite"),
    INCONSISTENT_MODEL("E0820", "model parts that do not fit together");

    private final CodeEntry entry;

    EngineCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
