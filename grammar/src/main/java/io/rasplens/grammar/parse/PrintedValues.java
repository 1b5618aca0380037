package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a list as {@link Value#repr} prints it, strings in single quotes and with escapes: what was an output may be an input. */
final class PrintedValues {
    private static final Pattern NUMBER = Pattern.compile("-?(?:[0-9]+(?:\\.[0-9]+)?(?:e[-+]?[0-9]{1,4})?|inf)|nan");
    private static final Pattern INT = Pattern.compile("-?[0-9]+");
    private static final Pattern WORD = Pattern.compile("True|False");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

    private final String text;
    private int at;

    private PrintedValues(String text) {
        this.text = text;
    }

    /** The values; empty if the text is anything else. */
    static Optional<ImmutableList<Value>> parse(String text) {
        return new PrintedValues(text.strip()).list();
    }

    private Optional<ImmutableList<Value>> list() {
        var values = ImmutableList.<Value>builder();
        if (!take('[')) {
            return Optional.empty();
        }
        if (take(']')) {
            return at == text.length() ? Optional.of(values.build()) : Optional.empty();
        }
        do {
            Optional<Value> value = value();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        } while (take(','));
        return take(']') && at == text.length() ? Optional.of(values.build()) : Optional.empty();
    }

    private Optional<Value> value() {
        skipBlanks();
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            return string(text.charAt(at++)).map(Value::of);
        }
        Optional<String> word = match(WORD);
        if (word.isPresent()) {
            return Optional.of(Value.of(word.get().equals("True")));
        }
        return match(NUMBER).flatMap(PrintedValues::number);
    }

    private static Optional<Value> number(String digits) {
        if (digits.length() > ParseLimits.DIGITS) {
            return Optional.empty();
        }
        if (INT.matcher(digits).matches()) {
            return Optional.of(IntValue.of(new BigInteger(digits)));
        }
        return Optional.of(Value.of(
                switch (digits) {
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    case "nan" -> Double.NaN;
                    default -> Double.parseDouble(digits);
                }));
    }

    private Optional<String> string(char quote) {
        var out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return Optional.of(out.toString());
            }
            if (c != '\\') {
                out.append(c);
            } else if (!escape(out)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean escape(StringBuilder out) {
        if (at >= text.length()) {
            return false;
        }
        char kind = text.charAt(at++);
        switch (kind) {
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case '\\', '\'', '"' -> out.append(kind);
            case 'x' -> {
                return point(2, out);
            }
            case 'u' -> {
                return point(4, out);
            }
            case 'U' -> {
                return point(8, out);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean point(int digits, StringBuilder out) {
        int end = at + digits;
        if (end > text.length() || !HEX.matcher(text.substring(at, end)).matches()) {
            return false;
        }
        long point = Long.parseLong(text.substring(at, end), 16);
        if (point > Character.MAX_CODE_POINT) {
            return false;
        }
        out.appendCodePoint((int) point);
        at = end;
        return true;
    }

    private boolean take(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Optional<String> match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }
}
