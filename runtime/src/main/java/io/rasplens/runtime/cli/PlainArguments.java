package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.runtime.cli.OptionTable.OptionKind;
import io.rasplens.runtime.cli.OptionTable.OptionRow;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads command lines without anything odd in them. Picocli, which reads the annotations of all options first, costs more time than
 * compiling a small program does; it gets every command line that is wrong, asks for help, or is not plain: a value or an argument that
 * begins with {@code -}, an option given twice, a list. What is read here picocli reads the same way, and a test holds it to that.
 */
final class PlainArguments {
    private static final int MOST_DIGITS = 9;

    private final ImmutableMap<String, OptionRow> rows;
    private final Map<ImmutableList<String>, Object> values = new LinkedHashMap<>();
    private int arguments;

    private PlainArguments(ImmutableMap<String, OptionRow> rows) {
        this.rows = rows;
    }

    /** Sets the fields of a verb from the words behind it; false, and nothing set, if the words are not plain. */
    static boolean read(OptionTable table, String verb, List<String> words, Object command) {
        var reading = new PlainArguments(table.rows(verb));
        return !reading.rows.isEmpty() && reading.understands(words) && reading.set(command);
    }

    private boolean understands(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            String next = at + 1 < words.size() ? words.get(at + 1) : "";
            int taken = word.startsWith("-") ? option(word, next) : argument(word);
            if (taken == 0) {
                return false;
            }
            at += taken;
        }
        for (OptionRow row : rows.values()) {
            if (row.needed() && !values.containsKey(row.fields())) {
                return false;
            }
        }
        return true;
    }

    /** How many words the option takes, its own included; 0 if this is not plain. */
    private int option(String word, String next) {
        int equals = word.indexOf('=');
        OptionRow row = rows.get(equals < 0 ? word : word.substring(0, equals));
        if (row == null) {
            return attached(word);
        }
        if (row.kind() == OptionKind.FLAG) {
            return equals < 0 && take(row, true) ? 1 : 0;
        }
        String text = equals < 0 ? next : word.substring(equals + 1);
        return take(row, text) ? (equals < 0 ? 2 : 1) : 0;
    }

    /** {@code -O1} */
    private int attached(String word) {
        OptionRow row = word.length() < 3 ? null : rows.get(word.substring(0, 2));
        return row != null && row.kind() == OptionKind.NUMBER && take(row, word.substring(2)) ? 1 : 0;
    }

    private int argument(String word) {
        OptionRow row = rows.get(Integer.toString(arguments++));
        return row != null && take(row, word) ? 1 : 0;
    }

    private boolean take(OptionRow row, String text) {
        if (text.isEmpty() || text.startsWith("-") || isQuoted(text)) {
            return false;
        }
        return switch (row.kind()) {
            case TEXT -> take(row, (Object) text);
            case NUMBER -> isNumber(text) && take(row, (Object) Integer.valueOf(text));
            case FLAG, OTHER -> false;
        };
    }

    private boolean take(OptionRow row, Object value) {
        return values.put(row.fields(), value) == null;
    }

    private static boolean isQuoted(String text) {
        return text.charAt(0) == '"';
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= MOST_DIGITS && (text.length() == 1 || text.charAt(0) != '0');
    }

    private boolean set(Object command) {
        try {
            for (Map.Entry<ImmutableList<String>, Object> value : values.entrySet()) {
                Optional<OwnedField> place = place(command, value.getKey());
                if (place.isEmpty()) {
                    return false;
                }
                place.get()
                        .field()
                        .set(
                                place.get().owner(),
                                converted(value.getValue(), place.get().field()));
            }
            return true;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the table of options belongs to another release", e);
        }
    }

    private static Object converted(Object value, Field field) {
        return field.getType() == long.class ? (Object) ((Integer) value).longValue() : value;
    }

    private record OwnedField(Object owner, Field field) {}

    private static Optional<OwnedField> place(Object command, List<String> way) throws ReflectiveOperationException {
        Object owner = command;
        int last = way.size() - 1;
        for (String name : way.subList(0, last)) {
            Field field = field(owner, name);
            Object inner = field == null ? null : field.get(owner);
            if (inner == null) {
                return Optional.empty();
            }
            owner = inner;
        }
        Field field = field(owner, way.get(last));
        return field == null ? Optional.empty() : Optional.of(new OwnedField(owner, field));
    }

    /** The field of this name, the classes above included. */
    private static @Nullable Field field(Object owner, String name) {
        for (Class<?> at = owner.getClass(); at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        return null;
    }
}
