package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.diagnostic.DiagnosticCode;

/** Why there is no picture. */
public enum FlowCode implements DiagnosticCode {
    TOO_MANY_POSITIONS("E1001", "input too long to draw"),
    TOO_MANY_BOXES("E1002", "program too large to draw");

    private final String id;
    private final String title;

    FlowCode(String id, String title) {
        this.id = id;
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
