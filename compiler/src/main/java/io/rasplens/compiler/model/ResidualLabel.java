package io.rasplens.compiler.model;

import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * What one residual direction means: {@code scale · x + offset}, where x is the s-op's number, or 1 where the s-op has the value and 0
 * elsewhere.
 *
 * @param sop the s-op (or internal quantity) it belongs to
 * @param value for a one-hot direction, the value it stands for; empty for a direction that carries a number
 */
public record ResidualLabel(String sop, Optional<Value> value, double scale, double offset) {
    /** The number or the indicator itself. */
    public ResidualLabel(String sop, Optional<Value> value) {
        this(sop, value, 1, 0);
    }

    /** Whether the number or the indicator stands there as it is. */
    public boolean isPlain() {
        return scale == 1 && offset == 0;
    }

    /** {@code reverse=3}, or just the name of a number; {@code [first=0] - 1} and {@code plus + 1} where it is not that itself. */
    public String text() {
        String name = value.map(v -> sop + "=" + v.repr()).orElse(sop);
        if (isPlain()) {
            return name;
        }
        String factor = scale == 1 ? "" : scale == -1 ? "-" : number(scale) + "·";
        String shift = offset == 0 ? "" : (offset < 0 ? " - " : " + ") + number(Math.abs(offset));
        return factor + (value.isPresent() ? "[" + name + "]" : name) + shift;
    }

    /** The s-op's number or indicator itself, of which this is a multiple or so much more or less. */
    public ResidualLabel unmoved() {
        return new ResidualLabel(sop, value);
    }

    /** Whether its text can stand in a sum without brackets. */
    public boolean isOneTerm() {
        boolean isPolynomial = sop.contains("² + ") || sop.contains("² - ");
        return isPlain() && !isPolynomial && !isSentence();
    }

    /** Such as {@code 1 where tokens is "a"}. */
    private boolean isSentence() {
        int start = sop.startsWith("-") ? 1 : 0;
        int end = start;
        while (end < sop.length() && "0123456789.".indexOf(sop.charAt(end)) >= 0) {
            end++;
        }
        return end > start && sop.startsWith(" where ", end);
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
