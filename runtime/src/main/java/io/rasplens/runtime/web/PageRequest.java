package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.parse.InputParser;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * One question of a script: fields with texts. A value is a text behind a letter: {@code t} an input as the command line takes it,
 * {@code s} a string, {@code n} a number, {@code b} a bool; a list of values is several of them behind a first {@code [}.
 */
public record PageRequest(ImmutableListMultimap<String, String> fields) {
    private static final int MOST_DIGITS = 1_000;

    public static PageRequest of(ImmutableListMultimap<String, String> fields) {
        return new PageRequest(fields);
    }

    /** A field's text, if it was given. */
    Optional<String> text(String field) {
        return Optional.ofNullable(Iterables.getLast(fields.get(field), null));
    }

    ImmutableList<String> texts(String field) {
        return fields.get(field);
    }

    String required(String field) {
        return text(field).orElseThrow(() -> wrong(field + " is missing", "give {" + field + ": …}"));
    }

    Optional<Integer> integer(String field) {
        return text(field).map(text -> {
            if (!text.matches("-?[0-9]{1,9}")) {
                throw wrong(field + " must be an int, got " + text, "give {" + field + ": 5}");
            }
            return Integer.parseInt(text);
        });
    }

    Optional<Boolean> bool(String field) {
        return text(field).map(text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw wrong(field + " must be true or false, got " + text, "give {" + field + ": true}");
            }
            return text.equals("true");
        });
    }

    /** A sequence: of a list each item, of a text what the command line would make of it. */
    Optional<ImmutableList<Value>> values(String field) {
        ImmutableList<String> given = fields.get(field);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.get(0).startsWith("t")) {
            return Optional.of(
                    InputParser.parse(field, given.get(0).substring(1)).orThrow());
        }
        return Optional.of(
                given.stream().skip(1).map(item -> value(field, item)).collect(ImmutableList.toImmutableList()));
    }

    /** One value. */
    static Value value(String field, String item) {
        String text = item.substring(1);
        return switch (item.charAt(0)) {
            case 's' -> Value.of(text);
            case 'b' -> Value.of(text.equals("true"));
            case 'n' -> number(field, text);
            case 't' -> single(field, text);
            default -> throw wrong(field + " has an item that is no value", "give strings, numbers, true or false");
        };
    }

    private static Value number(String field, String text) {
        if (text.matches("-?[0-9]+") && text.length() <= MOST_DIGITS) {
            return IntValue.of(new BigInteger(text));
        }
        if (text.matches("-?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?") && text.length() <= MOST_DIGITS) {
            return new FloatValue(Double.parseDouble(text));
        }
        throw wrong(field + " has the number " + text, "numbers of an input are finite");
    }

    private static Value single(String field, String text) {
        ImmutableList<Value> parsed = InputParser.parse(field, "[" + text + "]").orThrow();
        if (parsed.size() != 1) {
            throw wrong(field + " must be one value, got " + text, "give 3, \"a\" or True");
        }
        return parsed.get(0);
    }

    /** Texts of the files that the program loads, by the path as written: each a path, a line feed, the text. */
    ImmutableMap<String, String> loads() {
        var all = ImmutableMap.<String, String>builder();
        for (String load : fields.get("load")) {
            int end = load.indexOf('\n');
            if (end < 0) {
                throw wrong("load has no text", "give {loads: {path: text}}");
            }
            all.put(load.substring(0, end), load.substring(end + 1));
        }
        return all.buildKeepingLast();
    }

    CompileOptions options() {
        CompileOptions options = CompileOptions.DEFAULT;
        Optional<String> sop = text("sop");
        Optional<ImmutableList<Value>> vocabulary = values("vocab");
        Optional<Integer> length = integer("maxLength");
        Optional<Boolean> causal = bool("causal");
        int number = integer("level").orElse(Level.DEFAULT.number());
        Level level = Level.of(number).orElseThrow(() -> wrong("there is no level " + number, "levels are 0, 1 and 2"));
        return new CompileOptions(
                sop.or(options::sop),
                vocabulary.or(options::vocabulary),
                length.map(java.util.OptionalInt::of).orElse(options.maxLength()),
                causal.or(options::causal),
                level,
                text("keep").filter(names -> !names.isBlank()).map(PageRequest::kept));
    }

    private static CompileOptions.Keep kept(String names) {
        return names.strip().equals("all")
                ? CompileOptions.Keep.ALL
                : new CompileOptions.Keep(java.util.Arrays.stream(names.split(","))
                        .map(String::strip)
                        .collect(ImmutableList.toImmutableList()));
    }

    static DiagnosticException wrong(String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(PageCode.BAD_REQUEST, message).help(help)));
    }
}
