package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Python's {@code str()}, {@code int()} and {@code float()} of an atom. */
final class Conversions {
    /** So many digits always fit an int. */
    private static final int FEW_DIGITS = 9;

    private Conversions() {}

    static Value toText(Value token) throws EvaluationException {
        if (token instanceof StringValue) {
            return token;
        }
        String text = token.repr();
        ValueLimits.checkLength(text.length());
        return Value.of(text);
    }

    static Value toInt(Value token) throws EvaluationException {
        if (token instanceof FloatValue f) {
            if (!Double.isFinite(f.value())) {
                throw bad("tokens_int", token);
            }
            return IntValue.of(new BigDecimal(f.value()).toBigInteger());
        }
        if (token instanceof StringValue s && isFewDigits(s.value())) {
            return IntValue.of(Integer.parseInt(s.value()));
        }
        if (token instanceof StringValue s) {
            String text = asciiDigits(strip(s.value()));
            if (!Numerals.INT.matcher(text).matches()) {
                throw bad("tokens_int", token);
            }
            // Each decimal digit needs more than three bits.
            ValueLimits.checkBits(3L * text.length());
            return IntValue.of(ValueLimits.checked(new BigInteger(text.replace("_", ""))));
        }
        return IntValue.of(Values.toBigInteger(token));
    }

    static Value toFloat(Value token) throws EvaluationException {
        if (token instanceof StringValue s) {
            return Value.of(parseDouble(asciiDigits(strip(s.value()))).orElseThrow(() -> bad("tokens_float", token)));
        }
        return token instanceof FloatValue ? token : Value.of(Arithmetic.toDouble(token));
    }

    private static Optional<Double> parseDouble(String text) {
        if (Numerals.FLOAT.matcher(text).matches()) {
            return Optional.of(Double.valueOf(text.replace("_", "")));
        }
        var special = Numerals.SPECIAL.matcher(text.toLowerCase(Locale.ROOT));
        if (!special.matches()) {
            return Optional.empty();
        }
        double size = "nan".equals(special.group(2)) ? Double.NaN : Double.POSITIVE_INFINITY;
        return Optional.of("-".equals(special.group(1)) ? -size : size);
    }

    private static boolean isFewDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= FEW_DIGITS;
    }

    private static EvaluationException bad(String conversion, Value token) {
        return new EvaluationException(
                EvaluationCode.BAD_CONVERSION, conversion + " can't read " + Shown.withKind(token) + " as a number");
    }

    /** Python reads the decimal digits of every script. */
    private static String asciiDigits(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean decimal = Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
            out.appendCodePoint(decimal ? '0' + Character.digit(point, 10) : point);
        });
        return out.toString();
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** What Python's {@code str.strip} takes away; Java alone leaves out the no-break spaces and the C1 line break. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Numbers as Python reads them; made only when a token is not plain digits, for making them takes milliseconds. */
    private static final class Numerals {
        /** Digits may have single underscores between them; the sign stands right before them. */
        private static final String DIGITS = "[0-9](?:_?[0-9])*";

        static final Pattern INT = Pattern.compile("[+-]?" + DIGITS);
        static final Pattern FLOAT = Pattern.compile(
                "[+-]?(?:" + DIGITS + "\\.?(?:" + DIGITS + ")?|\\." + DIGITS + ")(?:[eE][+-]?" + DIGITS + ")?");
        static final Pattern SPECIAL = Pattern.compile("([+-]?)(inf|infinity|nan)");
    }
}
