package io.rasplens.runtime.web;

import io.rasplens.grammar.diagnostic.DiagnosticCode;
import java.util.Locale;

/** What can be wrong with a script's question. */
public enum PageCode implements DiagnosticCode {
    BAD_REQUEST(950, "bad request"),
    OUT_OF_ROOM(951, "more than the page can hold");

    private final String id;
    private final String title;

    PageCode(int number, String title) {
        this.id = String.format(Locale.ROOT, "E%04d", number);
        this.title = title;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }
}
