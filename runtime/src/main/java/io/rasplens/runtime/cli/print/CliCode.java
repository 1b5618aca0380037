package io.rasplens.runtime.cli.print;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can go wrong between the command line and the rest. */
public enum CliCode implements DiagnosticCode {
    UNKNOWN_VERB("E1101", "unknown verb"),
    UNKNOWN_OPTION("E1102", "unknown option"),
    BAD_VALUE("E1103", "bad value for an option"),
    MISSING_ARGUMENT("E1104", "missing argument"),
    SURPLUS_ARGUMENT("E1105", "surplus argument"),
    CONFLICTING_OPTIONS("E1106", "options that do not go together"),
    NO_INPUT("E1107", "no input to run on"),
    UNKNOWN_TOPIC("E1108", "nothing to explain under this name"),
    FILE_NOT_FOUND("E1111", "file not found"),
    NOT_A_FILE("E1112", "not an ordinary file"),
    UNREADABLE("E1113", "file can't be read"),
    UNWRITABLE("E1114", "file can't be written"),
    NOT_TEXT("E1115", "not a text file"),
    FILE_TOO_LARGE("E1116", "file too large"),
    LINE_TOO_LONG("E1117", "input line too long"),
    NOT_A_PROGRAM("E1118", "not a RASP program"),
    NO_PROGRAM("E1121", "model without its program"),
    NO_TESTS("E1122", "no tests in the file"),
    TIMED_OUT("E1123", "tests took too long"),
    NOT_BUILT("E1124", "page not built"),
    NO_BROWSER("E1125", "no browser to open"),
    OUT_OF_MEMORY("E9901", "out of memory"),
    TOO_DEEP("E9902", "nesting too deep"),
    INTERNAL("E9900", "internal error");

    private final CodeEntry entry;

    CliCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
