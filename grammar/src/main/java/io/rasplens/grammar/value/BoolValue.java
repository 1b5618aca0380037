package io.rasplens.grammar.value;

/** {@code True} or {@code False}; counts as 1 or 0 in arithmetic. */
public record BoolValue(boolean value) implements Value {
    public static final BoolValue TRUE = new BoolValue(true);
    public static final BoolValue FALSE = new BoolValue(false);

    public static BoolValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

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
        return value;
    }

    @Override
    public String repr() {
        return value ? "True" : "False";
    }

    @Override
    public String toString() {
        return repr();
    }
}
