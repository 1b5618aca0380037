package io.rasplens.grammar.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;

/** Comparisons between values of any kind. */
public final class Values {
    private Values() {}

    /**
     * A total order for listing values: numbers (bools among them) by value, then strings by code point; equal numbers by kind
     * (bool, int, float).
     */
    public static final Comparator<Value> ORDER = Values::order;

    /** RASP's {@code ==}. */
    public static boolean equal(Value left, Value right) {
        if (left instanceof StringValue a) {
            return right instanceof StringValue b && a.value().equals(b.value());
        }
        return !(right instanceof StringValue) && !isNan(left) && !isNan(right) && compareNumbers(left, right) == 0;
    }

    /** Compares two numeric values exactly, whatever their kinds. NaN compares as greater than anything. */
    public static int compareNumbers(Value left, Value right) {
        if (left instanceof IntValue a && right instanceof IntValue b && a.isSmall() && b.isSmall()) {
            return Integer.compare(a.toInt(), b.toInt());
        }
        if (left instanceof FloatValue a && right instanceof FloatValue b) {
            return a.value() == b.value() ? 0 : Double.compare(a.value(), b.value());
        }
        if (left instanceof FloatValue a && !Double.isFinite(a.value())) {
            return a.value() == Double.NEGATIVE_INFINITY ? -1 : 1;
        }
        if (right instanceof FloatValue b && !Double.isFinite(b.value())) {
            return b.value() == Double.NEGATIVE_INFINITY ? 1 : -1;
        }
        if (isDouble(left) && isDouble(right)) {
            return Double.compare(toDouble(left), toDouble(right));
        }
        if (left instanceof FloatValue || right instanceof FloatValue) {
            return exact(left).compareTo(exact(right));
        }
        return toBigInteger(left).compareTo(toBigInteger(right));
    }

    /** Compares strings by code point, as Python does ({@code String.compareTo} goes by UTF-16 unit). */
    public static int compareStrings(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int a = left.codePointAt(i);
            int b = right.codePointAt(j);
            if (a != b) {
                return Integer.compare(a, b);
            }
            i += Character.charCount(a);
            j += Character.charCount(b);
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    /** The value of an int or bool. */
    public static BigInteger toBigInteger(Value value) {
        if (value instanceof IntValue i) {
            return i.value();
        }
        if (value instanceof BoolValue b) {
            return b.value() ? BigInteger.ONE : BigInteger.ZERO;
        }
        throw new IllegalArgumentException("not an int or bool: " + value);
    }

    /** The nearest double of a numeric value; infinite where the int is out of range. */
    public static double toDouble(Value value) {
        if (value instanceof FloatValue f) {
            return f.value();
        }
        return value instanceof IntValue i && i.isSmall()
                ? i.toInt()
                : toBigInteger(value).doubleValue();
    }

    /** A value as a label: a string without quotes, anything else as Python prints it. */
    public static String plain(Value value) {
        return value instanceof StringValue string ? string.value() : value.repr();
    }

    /** A number that is no bool: what has a mean, and what a direction of its own stands for. */
    public static boolean isNumber(Value value) {
        return value instanceof IntValue || value instanceof FloatValue;
    }

    /** The value where a number is wanted, bools being 0 and 1. On a string a program fails there, so that any number will do: 0. */
    public static double asNumber(Value value) {
        return value.isNumeric() ? toDouble(value) : 0;
    }

    /** Whether {@link #toDouble} is exact, and no zero with a sign. */
    private static boolean isDouble(Value value) {
        return value instanceof FloatValue f ? f.value() != 0 : value instanceof IntValue i && i.isSmall();
    }

    private static BigDecimal exact(Value value) {
        return value instanceof FloatValue f ? new BigDecimal(f.value()) : new BigDecimal(toBigInteger(value));
    }

    private static boolean isNan(Value value) {
        return value instanceof FloatValue f && Double.isNaN(f.value());
    }

    private static int order(Value left, Value right) {
        if (left instanceof StringValue a && right instanceof StringValue b) {
            return compareStrings(a.value(), b.value());
        }
        if (left instanceof StringValue || right instanceof StringValue) {
            return left instanceof StringValue ? 1 : -1;
        }
        int byValue = compareNumbers(left, right);
        return byValue != 0 ? byValue : Integer.compare(kindRank(left), kindRank(right));
    }

    private static int kindRank(Value value) {
        return value instanceof BoolValue ? 0 : value instanceof IntValue ? 1 : 2;
    }
}
