package io.rasplens.runtime.store;

import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.grammar.diagnostic.SafeText;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Residual labels as text: ours are {@code name=literal} ({@code tokens='a'}, {@code reverse=3}), Tracr's {@code name:value}
 * with bare strings ({@code tokens:a}). A label without a value carries a number. What stands there scaled or moved says so:
 * {@code plus + 1}, {@code -2·depth}, {@code [first=0] - 1}.
 */
final class LabelText {
    private static final int MOST_DIGITS = 1000;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern INT = Pattern.compile("-?[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern FLOAT =
            Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?(e[-+]?[0-9]{1,4})?|-?inf|nan");

    private static final String NUMBER = "[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:E-?[0-9]{1,3})?";
    private static final Pattern SCALED =
            Pattern.compile("(?:(-?" + NUMBER + ")·|(-))?(\\S.*?)(?: ([+-]) (" + NUMBER + "))?", Pattern.DOTALL);

    private LabelText() {}

    static ResidualLabel parse(String text) {
        Matcher scaled = SCALED.matcher(text);
        if (!scaled.matches() || scaled.group(3).equals(text)) {
            return plain(text);
        }
        double scale = scaled.group(2) != null ? -1 : scaled.group(1) == null ? 1 : Double.parseDouble(scaled.group(1));
        double size = scaled.group(5) == null ? 0 : Double.parseDouble(scaled.group(5));
        double offset = "-".equals(scaled.group(4)) ? -size : size;
        String name = scaled.group(3);
        if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
            return plain(text);
        }
        if (!name.startsWith("[") || !name.endsWith("]")) {
            return hasValue(text)
                    ? plain(text)
                    : new ResidualLabel(SafeText.line(name), Optional.empty(), scale, offset);
        }
        ResidualLabel inner = plain(name.substring(1, name.length() - 1));
        return inner.value().isPresent() ? new ResidualLabel(inner.sop(), inner.value(), scale, offset) : plain(text);
    }

    private static boolean hasValue(String text) {
        return plain(text).value().isPresent();
    }

    private static ResidualLabel plain(String text) {
        // The leftmost '=' with a whole literal behind it: a string literal may hold another one.
        for (int at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
            Optional<Value> value = literal(text.substring(at + 1));
            if (at > 0 && value.isPresent()) {
                return label(text.substring(0, at), value);
            }
        }
        int colon = text.indexOf(':');
        if (colon > 0) {
            String value = text.substring(colon + 1);
            return label(text.substring(0, colon), Optional.of(literal(value).orElse(Value.of(value))));
        }
        return label(text, Optional.empty());
    }

    private static ResidualLabel label(String name, Optional<Value> value) {
        return new ResidualLabel(SafeText.line(name), value);
    }

    private static Optional<Value> literal(String text) {
        if (INT.matcher(text).matches()) {
            return Optional.of(IntValue.of(new BigInteger(text)));
        }
        if (FLOAT.matcher(text).matches()) {
            return Optional.of(Value.of(
                    switch (text) {
                        case "inf" -> Double.POSITIVE_INFINITY;
                        case "-inf" -> Double.NEGATIVE_INFINITY;
                        case "nan", "-nan" -> Double.NaN;
                        default -> Double.parseDouble(text);
                    }));
        }
        if (text.equals("True") || text.equals("False")) {
            return Optional.of(Value.of(text.equals("True")));
        }
        return quoted(text).map(Value::of);
    }

    /** The content of a quoted string as {@code repr} prints it. */
    private static Optional<String> quoted(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(0) != text.charAt(last) || (text.charAt(0) != '\'' && text.charAt(0) != '"')) {
            return Optional.empty();
        }
        var out = new StringBuilder();
        int i = 1;
        while (i < last) {
            char c = text.charAt(i++);
            if (c == text.charAt(0)) {
                return Optional.empty();
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            if (i >= last) {
                return Optional.empty();
            }
            char escape = text.charAt(i++);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'x', 'u', 'U' -> {
                    int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
                    if (i + digits > last
                            || !HEX.matcher(text.substring(i, i + digits)).matches()) {
                        return Optional.empty();
                    }
                    long point = Long.parseLong(text.substring(i, i + digits), 16);
                    if (point > Character.MAX_CODE_POINT) {
                        return Optional.empty();
                    }
                    out.appendCodePoint((int) point);
                    i += digits;
                }
                default -> out.append(escape);
            }
        }
        return Optional.of(out.toString());
    }
}
