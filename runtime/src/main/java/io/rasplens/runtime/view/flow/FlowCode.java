package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.diagnostic.CodeEntry;
import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** Why there is no picture. */
public enum FlowCode implements DiagnosticCode {
    TOO_MANY_POSITIONS("E1001", "input too long to draw"),
    TOO_MANY_BOXES("E1002", "program too large to draw");

    private final CodeEntry entry;

    FlowCode(String id, String title) {
        this.entry = new CodeEntry(id, title);
    }

    @Override
    public CodeEntry entry() {
        return entry;
    }
}
