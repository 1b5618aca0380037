package io.rasplens.grammar.value;

/** A 64-bit float. */
public record FloatValue(double value) implements Value {
    @Override
    public boolean isNumeric() {
        return true;
    }

    @Override
    public boolean isTrue() {
        return value != 0;
    }

    @Override
    public String repr() {
        return PythonFloat.repr(value);
    }

    @Override
    public String toString() {
        return repr();
    }
}
