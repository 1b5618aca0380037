package io.rasplens.compiler.program;

import java.util.Locale;

/** How a base s-op reads the input. */
public enum TokenConversion {
    ASIS,
    STR,
    INT,
    FLOAT,
    BOOL;

    /** The base s-op's name: {@code tokens_int}. */
    public String sopName() {
        return "tokens_" + name().toLowerCase(Locale.ROOT);
    }
}
