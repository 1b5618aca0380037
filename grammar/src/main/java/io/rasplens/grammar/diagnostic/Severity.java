package io.rasplens.grammar.diagnostic;

import java.util.Locale;

/** How grave a diagnostic is. */
public enum Severity {
    ERROR,
    WARNING;

    /** The word that starts the printed form. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
