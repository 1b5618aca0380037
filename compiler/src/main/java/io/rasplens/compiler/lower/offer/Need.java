package io.rasplens.compiler.lower.offer;

import io.rasplens.compiler.program.SOp;

/** An s-op in the form in which a construction reads it. */
public record Need(SOp sop, Form form) {

    /** How an s-op is read. */
    public enum Form {
        NUMBER,
        ONE_HOT
    }

    public static Need number(SOp sop) {
        return new Need(sop, Form.NUMBER);
    }

    public static Need oneHot(SOp sop) {
        return new Need(sop, Form.ONE_HOT);
    }
}
