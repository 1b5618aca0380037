package io.rasplens.runtime.repl;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can go wrong with the REPL's own commands. */
public enum ReplCode implements DiagnosticCode {
    UNKNOWN_COMMAND("E1011", "unknown command"),
    MISSING_ARGUMENT("E1012", "command without its argument"),
    NOT_AN_SOP("E1013", "not an s-op"),
    NOT_AN_INPUT("E1014", "not an input"),
    NO_HELP("E1015", "nothing known about this name");

    private final CodeEntry entry;

    ReplCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
