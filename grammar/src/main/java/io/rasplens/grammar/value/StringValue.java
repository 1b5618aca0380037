package io.rasplens.grammar.value;

/** A string, read as a sequence of code points. */
public record StringValue(String value) implements Value {
    /** A string of one code point. */
    public static StringValue of(int codePoint) {
        return new StringValue(new String(Character.toChars(codePoint)));
    }

    @Override
    public Object toJava() {
        return value;
    }

    @Override
    public boolean isNumeric() {
        return false;
    }

    @Override
    public boolean isTrue() {
        return !value.isEmpty();
    }

    @Override
    public String repr() {
        return PythonString.repr(value);
    }

    @Override
    public String toString() {
        return repr();
    }
}
