package io.rasplens.grammar.value;

/** A 64-bit float. */
public record FloatValue(double value) implements Value {
    @Override
    public Object toJava() {
        return value;
    }

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

    /** All bits mixed: those of small whole and half numbers differ in a few places only, and would meet in one hash bin. */
    @Override
    public int hashCode() {
        return (int) ((Double.doubleToLongBits(value) * 0x9E3779B97F4A7C15L) >>> 32);
    }

    @Override
    public String toString() {
        return repr();
    }
}
