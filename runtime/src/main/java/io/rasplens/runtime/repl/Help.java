package io.rasplens.runtime.repl;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.elaborate.BuiltInDoc;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.elaborate.Session;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code help} prints. */
final class Help {
    private static final int COLUMNS = 78;

    /** Fits a terminal of 24 rows, the line that was typed and the prompt included. */
    private static final String GENERAL = """
            Statements of RASP end with a semicolon and may span lines:
              reverse = aggregate(select(indices, length - 1 - indices, ==), tokens);
              reverse("abc");
              load "file";
              draw(reverse, "abc");
            Commands of RASP end with their line:
              set example "abc"        show example
              examples on|off          (also s-op examples, selector examples)
              full seq display on|off  exit
            Commands beyond RASP, on an s-op of this session:
            """;

    private static final ImmutableSet<String> TOPICS = ImmutableSet.of("commands", "language", "library");

    private Help() {}

    /** The commands, or what is known about one name: its documentation, else its definition. */
    static ImmutableList<Response> about(Optional<String> name, Session session) {
        Optional<String> topic = name.isEmpty() ? Optional.of(general()) : topic(name.get());
        if (topic.isPresent()) {
            return ImmutableList.of(new Response.Output(topic.get()));
        }
        return LibraryDoc.find(name.get())
                .map(LibraryDoc::text)
                .or(() -> BuiltInDoc.find(name.get()).map(BuiltInDoc::text))
                .or(() -> session.find(name.get()).map(Help::definition))
                .map(text -> ImmutableList.<Response>of(new Response.Output(text)))
                .orElseGet(() -> ImmutableList.of(new Response.Problem(unknown(name.get(), session))));
    }

    private static Diagnostic unknown(String name, Session session) {
        ImmutableSet<String> known = ImmutableSet.<String>builder()
                .addAll(TOPICS)
                .addAll(session.environment().knownNames())
                .build();
        return Diagnostic.error(ReplCode.NO_HELP, "nothing is known about '" + name + "'")
                .help(NearNames.question(name, known).orElse("help alone lists what there is"));
    }

    private static String definition(Meaning meaning) {
        if (meaning instanceof Meaning.Function function) {
            return function.definition()
                    .map(definition -> definition.span().text() + "\n")
                    .orElse(function.signature() + "\n");
        }
        return "a name for " + meaning.oneOfItsKind() + "\n";
    }

    private static String general() {
        return GENERAL
                + "  " + String.join(" ", Command.spellings()) + "\n"
                + "More: help commands, help language, help library, help NAME\n";
    }

    private static Optional<String> topic(String name) {
        return switch (name) {
            case "commands" -> Optional.of(commands());
            case "language" ->
                Optional.of(signatures(
                        "Of each, help NAME tells more:",
                        BuiltInDoc.ALL.stream().map(BuiltInDoc::signature)));
            case "library" ->
                Optional.of(signatures(
                        "Of each, help NAME tells more:",
                        LibraryDoc.ALL.stream().map(LibraryDoc::signature)));
            default -> Optional.empty();
        };
    }

    private static String commands() {
        var out = new StringBuilder();
        for (Command.CommandVerb verb : Command.CommandVerb.values()) {
            out.append(String.format(Locale.ROOT, "%-24s", verb.usage()))
                    .append(verb.meaning())
                    .append('\n');
        }
        return out.append("Without INPUT a command takes the running example.\n")
                .toString();
    }

    /** In as many columns as an ordinary terminal has room for. */
    private static String signatures(String title, Stream<String> signatures) {
        List<String> all = signatures.toList();
        int width = all.stream().mapToInt(String::length).max().orElse(0) + 2;
        int columns = Math.max(1, COLUMNS / width);
        int rows = (all.size() + columns - 1) / columns;
        var out = new StringBuilder(title).append('\n');
        for (int row = 0; row < rows; row++) {
            var line = new StringBuilder("  ");
            for (int at = row; at < all.size(); at += rows) {
                line.append(Strings.padEnd(all.get(at), width, ' '));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
