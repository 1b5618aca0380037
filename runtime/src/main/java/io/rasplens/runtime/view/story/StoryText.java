package io.rasplens.runtime.view.story;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.FoldLine;
import io.rasplens.runtime.view.SequenceForm;
import io.rasplens.runtime.view.attention.AttentionFigure;
import io.rasplens.runtime.view.attention.AttentionText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a story for a terminal. */
public final class StoryText {
    private static final String INDENT = "  ";
    private static final int LONGEST_CELL = 12;

    private final Story story;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private StoryText(Story story, int width) {
        this.story = story;
        this.width = width;
    }

    /** Lines of at most {@code width} characters where names allow it, each ended by a line feed. */
    public static String write(Story story, int width) {
        var text = new StoryText(story, width);
        story.steps().forEach(text::step);
        text.wrapped(
                "",
                "In a pattern rows ask and columns are looked at; a number is a key's share of the attention on the keys"
                        + " that are selected, in %, and BOS's share of all attention stands apart.");
        return text.out.toString();
    }

    private void step(Story.StoryStep step) {
        wrapped("", step.what().isEmpty() ? step.title() : step.title() + " \u2014 " + step.what());
        step.sentences().forEach(sentence -> wrapped(INDENT, sentence));
        step.attention().ifPresent(panel -> {
            var figure = new AttentionFigure("", "", story.tokens(), story.hasBos(), ImmutableList.of(panel));
            AttentionText.panel(figure, panel, width - INDENT.length())
                    .lines()
                    .forEach(line -> out.append(INDENT).append(line).append('\n'));
        });
        if (!step.values().isEmpty()) {
            rows(step.values());
        }
        out.append('\n');
    }

    private void rows(List<Story.StoryRow> rows) {
        int gutter = Math.max(
                "position".length(),
                rows.stream().mapToInt(row -> row.name().length()).max().orElse(0));
        int cell = 1
                + rows.stream()
                        .flatMap(row -> row.values().stream())
                        .mapToInt(value -> shown(value).length())
                        .max()
                        .orElse(1);
        cell = Math.max(cell, 1 + String.valueOf(story.tokens().size() - 1).length());
        int perBand = Math.max(1, (width - INDENT.length() - gutter) / cell);
        for (int from = 0; from < story.tokens().size(); from += perBand) {
            int to = Math.min(story.tokens().size(), from + perBand);
            line(
                    "position",
                    gutter,
                    IntStream.range(from, to).mapToObj(String::valueOf).toList(),
                    cell);
            for (Story.StoryRow row : rows) {
                var cells = new ArrayList<String>();
                row.values().subList(from, to).forEach(value -> cells.add(shown(value)));
                line(row.name(), gutter, cells, cell);
            }
        }
    }

    private void line(String name, int gutter, List<String> cells, int width) {
        out.append(INDENT).append(Strings.padEnd(name, gutter, ' '));
        cells.forEach(text -> out.append(Strings.padStart(text, width, ' ')));
        out.append('\n');
    }

    private static String shown(Value value) {
        String text = SequenceForm.element(value);
        return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "~";
    }

    private void wrapped(String indent, String text) {
        out.append(FoldLine.fold(indent + text, width, indent + INDENT, " "));
    }
}
