package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code string % value} for one atom: {@code %s}, {@code %d} or {@code %i}, {@code %f}, with flags, width and precision. */
final class Formatting {
    private static final Pattern PLACE = Pattern.compile(
            "%(?<flags>[-+ 0#]*)(?<width>[0-9]*)(?:\\.(?<precision>[0-9]*))?(?<kind>.|$)", Pattern.DOTALL);

    private static final int MOST_DIGITS = 7;
    private static final int DEFAULT_PRECISION = 6;

    private Formatting() {}

    static Value format(StringValue template, Value value) throws EvaluationException {
        Matcher place = PLACE.matcher(template.value());
        var out = new StringBuilder();
        int done = 0;
        int places = 0;
        while (place.find()) {
            out.append(template.value(), done, place.start());
            done = place.end();
            if (place.group("kind").equals("%")) {
                out.append('%');
            } else if (++places == 1) {
                out.append(filled(place, template, value));
            }
        }
        if (places != 1) {
            throw EvaluationException.wrongOperands(
                    "'%' after a string puts one value into it, and " + Shown.withKind(template) + " has "
                            + (places == 0 ? "no place" : places + " places") + " for " + Shown.withKind(value),
                    template,
                    value);
        }
        out.append(template.value(), done, template.value().length());
        ValueLimits.checkLength(out.length());
        return Value.of(out.toString());
    }

    private static String filled(Matcher place, StringValue template, Value value) throws EvaluationException {
        int precision = place.group("precision") == null ? -1 : number(place.group("precision"));
        int width = number(place.group("width"));
        return switch (place.group("kind")) {
            case "s" -> padded("", text(value, precision), place.group("flags").replace('0', ' '), width);
            case "d", "i" -> {
                BigInteger number = toInt(place.group(), value);
                String digits = number.abs().toString();
                yield padded(
                        sign(number.signum() < 0, place.group("flags")),
                        "0".repeat(Math.max(0, precision - digits.length())) + digits,
                        place.group("flags"),
                        width);
            }
            case "f" -> {
                double number = toDouble(place.group(), value);
                boolean negative = !Double.isNaN(number) && Math.copySign(1, number) < 0;
                yield padded(
                        sign(negative, place.group("flags")),
                        digits(Math.abs(number), precision < 0 ? DEFAULT_PRECISION : precision),
                        place.group("flags"),
                        width);
            }
            default ->
                throw new EvaluationException(
                        EvaluationCode.WRONG_OPERANDS,
                        "the format '" + place.group() + "' in " + Shown.value(template)
                                + " is not known; %s, %d, %i, %f and %% are");
        };
    }

    private static String text(Value value, int precision) throws EvaluationException {
        String text = ((StringValue) Conversions.toText(value)).value();
        return precision < 0 || text.codePointCount(0, text.length()) <= precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private static BigInteger toInt(String place, Value value) throws EvaluationException {
        checkNumber(place, value);
        if (value instanceof FloatValue f && !Double.isFinite(f.value())) {
            throw new EvaluationException(EvaluationCode.FLOAT_OVERFLOW, "'%d' has no int for " + f.repr());
        }
        return Values.toBigInteger(Conversions.toInt(value));
    }

    private static double toDouble(String place, Value value) throws EvaluationException {
        checkNumber(place, value);
        return Arithmetic.toDouble(value);
    }

    private static void checkNumber(String place, Value value) throws EvaluationException {
        if (!value.isNumeric()) {
            throw EvaluationException.wrongOperands(
                    "'" + place + "' takes a number, got " + Shown.withKind(value), value);
        }
    }

    /** Exact, halves to the even digit. */
    private static String digits(double magnitude, int precision) {
        return Double.isNaN(magnitude)
                ? "nan"
                : Double.isInfinite(magnitude)
                        ? "inf"
                        : new BigDecimal(magnitude)
                                .setScale(precision, RoundingMode.HALF_EVEN)
                                .toPlainString();
    }

    private static String sign(boolean negative, String flags) {
        return negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    }

    private static String padded(String sign, String text, String flags, int width) {
        int length = sign.length() + text.codePointCount(0, text.length());
        String pad = (flags.contains("0") && !flags.contains("-") ? "0" : " ").repeat(Math.max(0, width - length));
        return flags.contains("-") ? sign + text + pad : pad.startsWith("0") ? sign + pad + text : pad + sign + text;
    }

    private static int number(String digits) throws EvaluationException {
        if (digits.length() > MOST_DIGITS) {
            throw new EvaluationException(
                    EvaluationCode.TOO_LARGE, "a width or precision of " + digits.length() + " digits");
        }
        int number = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        ValueLimits.checkLength(number);
        return number;
    }
}
