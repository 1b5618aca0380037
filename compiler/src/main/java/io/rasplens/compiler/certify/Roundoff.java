package io.rasplens.compiler.certify;

/** Unit roundoffs: a result x of an operation is stored as x(1 + e), |e| at most this. */
public final class Roundoff {
    /** Of float64, u = 2^-53. */
    public static final double FLOAT64 = 0x1p-53;

    /** Of float32, u = 2^-24. */
    public static final double FLOAT32 = 0x1p-24;

    private Roundoff() {}
}
