package io.rasplens.grammar.value;

import io.rasplens.grammar.platform.ShortestDigits;
import java.math.BigDecimal;
import java.util.Locale;

/** Prints floats the way Python's {@code repr} does: the shortest digits that read back as the same double. */
final class PythonFloat {
    /** Python writes an exponent from 1e16 up and below 1e-4. */
    private static final int MAX_PLAIN_EXPONENT = 16;

    private static final int MIN_PLAIN_EXPONENT = -4;

    private PythonFloat() {}

    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = ShortestDigits.of(Math.abs(value)).stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        String sign = value < 0 ? "-" : "";
        return sign
                + (exponent < MIN_PLAIN_EXPONENT || exponent >= MAX_PLAIN_EXPONENT
                        ? scientific(digits, exponent)
                        : plain(decimal));
    }

    private static String plain(BigDecimal decimal) {
        String text = decimal.toPlainString();
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }
}
