package io.rasplens.grammar.value;

/**
 * An atom of RASP: what a token, a sequence entry or a literal is.
 *
 * <p>Java equality tells kinds apart ({@code 1}, {@code 1.0} and {@code True} are three values), as the compiler needs it
 * for residual directions. RASP's own {@code ==}, where those three are equal, is {@link #raspEquals}.
 */
public sealed interface Value permits IntValue, FloatValue, StringValue, BoolValue {

    static Value of(long value) {
        return IntValue.of(value);
    }

    static Value of(double value) {
        return new FloatValue(value);
    }

    static Value of(String value) {
        return new StringValue(value);
    }

    static Value of(boolean value) {
        return BoolValue.of(value);
    }

    /**
     * The value as Java has it: a {@link Long}, or a {@link java.math.BigInteger} if it is larger than one, a {@link Double}, a {@link String}
     * or a {@link Boolean}.
     */
    Object toJava();

    /** True for ints, floats and bools: the kinds that take part in arithmetic. */
    boolean isNumeric();

    /** Python's truth value: {@code 0}, {@code 0.0}, {@code ""} and {@code False} are false. */
    boolean isTrue();

    /** RASP's {@code ==}: numbers compare exactly by value whatever their kind, other kinds are never equal. */
    default boolean raspEquals(Value other) {
        return Values.equal(this, other);
    }

    /** The value as Python prints it inside a list, which is also a RASP literal: {@code 1}, {@code 0.5}, {@code True}, {@code 'a'}. */
    String repr();
}
