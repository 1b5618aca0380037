package io.rasplens.runtime.web;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** What can be wrong with a script's question. */
public enum PageCode implements DiagnosticCode {
    BAD_REQUEST(950, "bad request"),
    OUT_OF_ROOM(951, "more than the page can hold");

    private final CodeEntry entry;

    PageCode(int number, String title) {
        this.entry = CodeEntry.error(number, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
