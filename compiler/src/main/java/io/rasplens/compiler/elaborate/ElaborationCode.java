package io.rasplens.compiler.elaborate;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can go wrong while the compile-time language runs: names (02), kinds and values (03), loading (05), choosing (06). */
public enum ElaborationCode implements DiagnosticCode {
    UNKNOWN_NAME(201, "unknown name"),
    RESERVED_NAME(202, "reserved name"),
    LIBRARY_NAME(203, "library name can't be bound"),
    WRONG_KIND(301, "wrong kind of value"),
    WRONG_ARITY(302, "wrong number of arguments"),
    NOT_A_FUNCTION(303, "not a function"),
    WRONG_NUMBER_OF_VALUES(304, "wrong number of values"),
    SELECTOR_MIXED(305, "selector mixed with something else"),
    BAD_INPUT(306, "not an input"),
    BAD_RANGE(307, "bad range"),
    RECURSION_TOO_DEEP(308, "calls nested too deep"),
    TOO_MANY_STEPS(309, "too many steps"),
    TOO_MUCH_DATA(310, "too much data"),
    NO_SUCH_FILE(501, "file not found"),
    UNREADABLE_FILE(502, "file can't be read"),
    LOAD_CYCLE(503, "files load each other"),
    NO_SOP(611, "no s-op to work on"),
    NO_SUCH_SOP(612, "no such s-op"),
    NO_VOCABULARY(613, "no vocabulary"),
    BAD_LENGTH(614, "bad maximal length"),
    NOT_AN_SOP(615, "not an s-op"),
    AMBIGUOUS_SOP(616, "several s-ops of one name"),
    NEVER_EQUAL("W0301", "never equal"),
    TOKENS_CONSTANT("W0302", "tokens bound to a constant");

    private final CodeEntry entry;

    ElaborationCode(int number, String title) {
        this.entry = CodeEntry.error(number, title);
    }

    ElaborationCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
