package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which options and arguments the verbs take, as {@link WriteOptionTable} wrote it down when the jar was built: one row a line,
 * {@code verb option kind field}, an argument's option being its index. Verbs that are not simple enough are left out.
 */
final class OptionTable {
    /** What an option takes. */
    enum OptionKind {
        FLAG,
        TEXT,
        NUMBER,
        /** A list or another kind of value, which picocli reads. */
        OTHER
    }

    /**
     * @param option {@code --input}, or {@code 0} for the first argument
     * @param fields the way from the verb to the field: {@code subject}, {@code program}, {@code sop}
     * @param needed whether the verb can't do without it
     */
    record OptionRow(String option, OptionKind kind, ImmutableList<String> fields, boolean needed) {}

    private final String text;

    private OptionTable(String text) {
        this.text = text;
    }

    /** The table in the jar; empty where the classes were not built by Maven. */
    static Optional<OptionTable> load() {
        try (InputStream in = OptionTable.class.getResourceAsStream("options.txt")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static OptionTable parse(String text) {
        return new OptionTable(text);
    }

    /** The rows of a verb, by option; empty if nothing is known of it. Others are passed over: each start reads those of one verb. */
    ImmutableMap<String, OptionRow> rows(String verb) {
        ImmutableMap.Builder<String, OptionRow> rows = ImmutableMap.builder();
        String start = verb + ' ';
        int at = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
            if (text.startsWith(start, at)) {
                OptionRow row = row(text.substring(at + start.length(), end));
                rows.put(row.option(), row);
            }
            at = end + 1;
        }
        return rows.buildOrThrow();
    }

    ImmutableSet<String> verbs() {
        return text.lines().map(line -> line.substring(0, line.indexOf(' '))).collect(ImmutableSet.toImmutableSet());
    }

    private static OptionRow row(String line) {
        ImmutableList<String> words = split(line, ' ');
        return new OptionRow(
                words.get(0),
                kind(words.get(1)),
                split(words.get(2), '.'),
                words.get(3).equals("needed"));
    }

    private static OptionKind kind(String word) {
        return switch (word) {
            case "FLAG" -> OptionKind.FLAG;
            case "TEXT" -> OptionKind.TEXT;
            case "NUMBER" -> OptionKind.NUMBER;
            default -> OptionKind.OTHER;
        };
    }

    private static ImmutableList<String> split(String text, char between) {
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        int at = 0;
        for (int end = text.indexOf(between); end >= 0; end = text.indexOf(between, at)) {
            parts.add(text.substring(at, end));
            at = end + 1;
        }
        return parts.add(text.substring(at)).build();
    }
}
