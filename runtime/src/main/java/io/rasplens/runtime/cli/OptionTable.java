package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private final Map<String, Map<String, OptionRow>> verbs;

    private OptionTable(Map<String, Map<String, OptionRow>> verbs) {
        this.verbs = verbs;
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
        var verbs = new HashMap<String, Map<String, OptionRow>>();
        int at = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
            ImmutableList<String> words = split(text.substring(at, end), ' ');
            var row = new OptionRow(
                    words.get(1),
                    kind(words.get(2)),
                    split(words.get(3), '.'),
                    words.get(4).equals("needed"));
            verbs.computeIfAbsent(words.get(0), verb -> new LinkedHashMap<>()).put(row.option(), row);
            at = end + 1;
        }
        return new OptionTable(verbs);
    }

    /** The rows of a verb, by option; empty if nothing is known of it. */
    ImmutableMap<String, OptionRow> rows(String verb) {
        return ImmutableMap.copyOf(verbs.getOrDefault(verb, Map.of()));
    }

    ImmutableSet<String> verbs() {
        return ImmutableSet.copyOf(verbs.keySet());
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
