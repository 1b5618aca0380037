package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.elaborate.BuiltInDoc;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.elaborate.Session;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import java.util.Locale;
import java.util.Optional;

/** What {@code help} prints. */
final class Help {
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

    private Help() {}

    /** The commands, or what is known about one name: its documentation, else its definition. */
    static ImmutableList<Response> about(Optional<String> name, Session session) {
        if (name.isEmpty()) {
            return ImmutableList.of(new Response.Output(general()));
        }
        return LibraryDoc.find(name.get())
                .map(LibraryDoc::text)
                .or(() -> BuiltInDoc.find(name.get()).map(BuiltInDoc::text))
                .or(() -> session.find(name.get()).map(Help::definition))
                .map(text -> ImmutableList.<Response>of(new Response.Output(text)))
                .orElseGet(() -> ImmutableList.of(new Response.Problem(unknown(name.get(), session))));
    }

    private static Diagnostic unknown(String name, Session session) {
        return Diagnostic.error(ReplCode.NO_HELP, "nothing is known about '" + name + "'")
                .help(NearNames.question(name, session.environment().knownNames())
                        .orElse("help alone lists what there is"));
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
        var out = new StringBuilder(GENERAL);
        for (Command.Verb verb : Command.Verb.values()) {
            out.append("  ")
                    .append(String.format(Locale.ROOT, "%-24s", verb.usage()))
                    .append(verb.meaning())
                    .append('\n');
        }
        out.append("The language, about which help NAME tells more:\n");
        BuiltInDoc.ALL.forEach(doc -> out.append("  ").append(doc.signature()).append('\n'));
        out.append("The library, likewise:\n");
        LibraryDoc.ALL.forEach(doc -> out.append("  ").append(doc.signature()).append('\n'));
        return out.toString();
    }
}
