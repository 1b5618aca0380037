package io.rasplens.grammar.guide;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sections of the language reference that is in the jar. */
public final class LanguageGuide {
    private static final String HEADING = "## ";
    private static final String TOPICS = "<!-- topics: ";

    private static final Splitter WORDS = Splitter.on(',').trimResults();

    private LanguageGuide() {}

    /** All sections, in the order in which one learns the language. */
    public static ImmutableList<GuideSection> sections() {
        return sections(read());
    }

    /** The section about a topic, in either letter case; empty if there is none. */
    public static Optional<GuideSection> find(String topic) {
        String wanted = topic.toLowerCase(Locale.ROOT);
        return sections().stream()
                .filter(section -> section.topics().contains(wanted))
                .findFirst();
    }

    /** The sections of a Markdown text: each begins with a heading of the second rank and a comment that names its topics. */
    static ImmutableList<GuideSection> sections(String markdown) {
        ImmutableList.Builder<GuideSection> sections = ImmutableList.builder();
        Optional<String> title = Optional.empty();
        ImmutableList<String> topics = ImmutableList.of();
        List<String> lines = new ArrayList<>();
        for (String line : Splitter.on('\n').split(markdown + "\n" + HEADING)) {
            if (line.startsWith(HEADING)) {
                if (title.isPresent()) {
                    sections.add(new GuideSection(title.get(), topics, ImmutableList.copyOf(lines)));
                }
                title = Optional.of(line.substring(HEADING.length()));
                topics = ImmutableList.of();
                lines.clear();
            } else if (line.startsWith(TOPICS)) {
                topics = ImmutableList.copyOf(WORDS.split(line.substring(TOPICS.length(), line.indexOf(" -->"))));
            } else if (!lines.isEmpty() || !line.isBlank()) {
                lines.add(line);
            }
        }
        return sections.build();
    }

    private static String read() {
        try (InputStream in = LanguageGuide.class.getResourceAsStream("LANGUAGE.md")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the language reference", e);
        }
    }
}
