package io.rasplens.examples.lessons;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lesson's text, taken apart as {@code examples/lessons/README.md} says it is written.
 *
 * @param facts the lines between the {@code ---}, by name
 * @param prose the paragraphs before the first section
 * @param sections the paragraphs and list items below each heading, each joined to one line
 */
record LessonText(
        ImmutableMap<String, String> facts,
        ImmutableList<String> prose,
        ImmutableMap<String, ImmutableList<String>> sections) {
    private static final String FENCE = "---";
    private static final String HEADING = "## ";

    static LessonText read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (!lines.get(0).equals(FENCE)) {
            throw new IllegalArgumentException(file + " does not begin with ---");
        }
        int end = lines.subList(1, lines.size()).indexOf(FENCE) + 1;
        var facts = ImmutableMap.<String, String>builder();
        for (String line : lines.subList(1, end)) {
            int colon = line.indexOf(": ");
            facts.put(
                    colon < 0 ? line.substring(0, line.length() - 1) : line.substring(0, colon),
                    colon < 0 ? "" : line.substring(colon + 2));
        }
        Map<String, List<String>> byHeading = new LinkedHashMap<>();
        String heading = "";
        byHeading.put(heading, new ArrayList<>());
        var block = new StringBuilder();
        for (String line : lines.subList(end + 1, lines.size())) {
            boolean starts = line.isEmpty() || line.startsWith(HEADING) || line.matches("(- |\\d\\. |> ).*");
            if (starts && !(line.startsWith("> ") && block.toString().startsWith("> "))) {
                flush(block, byHeading.get(heading));
            }
            if (line.startsWith(HEADING)) {
                heading = line.substring(HEADING.length());
                byHeading.put(heading, new ArrayList<>());
            } else {
                String text = line.startsWith("> ") && block.length() > 0 ? line.substring(2) : line.strip();
                block.append(block.length() > 0 && !text.isEmpty() ? " " : "").append(text);
            }
        }
        flush(block, byHeading.get(heading));
        var sections = ImmutableMap.<String, ImmutableList<String>>builder();
        byHeading.forEach((name, blocks) -> sections.put(name, ImmutableList.copyOf(blocks)));
        var all = sections.buildOrThrow();
        return new LessonText(facts.buildOrThrow(), all.getOrDefault("", ImmutableList.of()), all);
    }

    /** The headings, in order. */
    ImmutableList<String> headings() {
        return sections.keySet().stream().filter(name -> !name.isEmpty()).collect(ImmutableList.toImmutableList());
    }

    /** The one section whose heading begins so. */
    ImmutableList<String> section(String heading) {
        return sections.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(heading))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** What is in the list of a section, without its marks. */
    static ImmutableList<String> items(List<String> section) {
        return section.stream()
                .filter(block -> block.matches("(- |\\d\\. ).*"))
                .map(block -> block.substring(block.indexOf(' ') + 1))
                .collect(ImmutableList.toImmutableList());
    }

    /** The quotation of a section. */
    static ImmutableList<String> quotations(List<String> section) {
        return section.stream().filter(block -> block.startsWith("> ")).collect(ImmutableList.toImmutableList());
    }

    private static void flush(StringBuilder block, List<String> into) {
        if (block.length() > 0) {
            into.add(block.toString());
            block.setLength(0);
        }
    }
}
