package io.rasplens.runtime.view.story;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.attention.KeyMask;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a head does at each position, in the words of its query, its keys and its values. */
final class AttentionSentences {
    private static final int MOST_POSITIONS = 8;
    private static final int MOST_KEYS = 3;
    private static final int LONGEST_NAME = 24;

    private final RaspProgram program;
    private final Trace trace;
    private final KeyMask keys;
    private final Optional<SOp> whole;

    /**
     * Of a head on an input.
     *
     * @param keys that it selects
     * @param whole the s-op that it does the whole work of; empty where it does a part
     */
    AttentionSentences(RaspProgram program, Trace trace, KeyMask keys, Optional<SOp> whole) {
        this.program = program;
        this.trace = trace;
        this.keys = keys;
        this.whole = whole;
    }

    ImmutableList<String> all() {
        int size = keys.size();
        var sentences = ImmutableList.<String>builder();
        for (int position = 0; position < Math.min(size, MOST_POSITIONS); position++) {
            sentences.add("Position " + position + asks(position) + looks(position) + result(position) + ".");
        }
        return size > MOST_POSITIONS
                ? sentences
                        .add("And so on for " + (size - MOST_POSITIONS) + " more positions.")
                        .build()
                : sentences.build();
    }

    /** {@code asks for index 2: it}, where the selector is one comparison of what differs. */
    private String asks(int position) {
        return select().flatMap(one -> trace.values(one.query())
                        .map(queries -> " asks for " + noun(one.key()) + " " + words(one.comparison())
                                + queries.get(position).repr() + ": it"))
                .orElse("");
    }

    /** What is asked for and what is found, where these are s-ops that the program makes. */
    ImmutableList<Story.StoryRow> compared() {
        var rows = ImmutableList.<Story.StoryRow>builder();
        select().ifPresent(one -> {
            made(one.query()).ifPresent(rows::add);
            if (one.key() != one.query()) {
                made(one.key()).ifPresent(rows::add);
            }
        });
        return rows.build();
    }

    private Optional<Story.StoryRow> made(SOp sop) {
        boolean given = sop instanceof SOp.Indices || sop instanceof SOp.Tokens || sop instanceof SOp.Constant;
        return given
                ? Optional.empty()
                : trace.values(sop)
                        .map(values -> new Story.StoryRow(NodeText.reference(sop, this::name, LONGEST_NAME), values));
    }

    private Optional<Selector.Select> select() {
        return whole.flatMap(SOp::attendsBy)
                .filter(Selector.Select.class::isInstance)
                .map(Selector.Select.class::cast)
                .filter(one -> !(one.key() instanceof SOp.Constant));
    }

    private String looks(int position) {
        ImmutableList<Integer> seen = IntStream.range(0, keys.size())
                .filter(key -> keys.selects(position, key))
                .boxed()
                .collect(ImmutableList.toImmutableList());
        if (seen.isEmpty()) {
            return " finds nobody";
        }
        String shown = seen.stream().limit(MOST_KEYS).map(String::valueOf).collect(Collectors.joining(", "));
        int more = seen.size() - MOST_KEYS;
        return " looks at " + shown + (more > 0 ? " and " + more + " more" : "");
    }

    private String result(int position) {
        if (whole.isEmpty()) {
            return "";
        }
        SOp sop = whole.get();
        Optional<Value> value = trace.values(sop).map(values -> values.get(position));
        if (value.isEmpty()) {
            return "";
        }
        String shown = value.get().repr();
        int width = keys.width(position);
        if (sop instanceof SOp.SelectorWidth) {
            return " and counts " + shown;
        }
        return switch (width) {
            case 0 -> " and takes the default " + shown;
            case 1 -> " and brings " + shown;
            default -> " and brings their mean " + shown;
        };
    }

    private String noun(SOp sop) {
        if (sop instanceof SOp.Indices) {
            return "index";
        }
        return sop instanceof SOp.Tokens ? "token" : NodeText.reference(sop, this::name, LONGEST_NAME);
    }

    private Optional<String> name(ProgramNode node) {
        return node instanceof SOp.Indices ? Optional.of("indices") : program.nameOf(node);
    }

    private static String words(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "";
            case NOT_EQUAL -> "other than ";
            case LESS -> "less than ";
            case LESS_EQUAL -> "at most ";
            case GREATER -> "greater than ";
            case GREATER_EQUAL -> "at least ";
        };
    }
}
