package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.compiler.elaborate.BuiltInDoc;
import io.rasplens.compiler.elaborate.LibraryDoc;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.Explanations;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.guide.LanguageGuide;
import io.rasplens.runtime.answer.ExplainJson;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp explain CODE|NAME|TOPIC}: a diagnostic, a library function or a part of the language in full. */
@Command(
        header = "Explain a diagnostic code, a name of the RASP library, or a part of the language, in full.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp explain E0203",
            "  rasp explain sort",
            "  rasp explain aggregate",
            "  rasp explain cheatsheet",
            "  rasp explain --list"
        })
public final class ExplainVerb extends VerbCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "CODE|NAME|TOPIC", description = "E0203, sort, or select.")
    private @Nullable String topic;

    @Option(names = "--list", description = "List all codes, names and topics, a line each.")
    private boolean list;

    @Override
    public int run(Console console) {
        if (list) {
            if (topic != null) {
                throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "--list takes no code")
                        .help("leave out --list, or '" + topic + "'"));
            }
            print(console, listJson(), listText());
            return ExitCode.OK;
        }
        if (topic == null) {
            throw failure(Diagnostic.error(CliCode.MISSING_ARGUMENT, "nothing to explain")
                    .help("give a code, as in 'rasp explain E0203'; 'rasp explain --list' shows them all"));
        }
        String name = topic;
        Optional<DiagnosticCode> code = EveryCode.find(name);
        if (code.isPresent()) {
            explain(console, code.get());
            return ExitCode.OK;
        }
        JsonObject json = ExplainJson.of(name).orElseThrow(() -> unknown(name));
        print(console, json, json.get("text").getAsString());
        return ExitCode.OK;
    }

    private void explain(Console console, DiagnosticCode code) {
        String text = Explanations.of(code.id())
                        .orElse("# " + code.id() + ": " + code.title() + "\n")
                        .substring(2)
                        .stripTrailing()
                + "\n";
        var json = new JsonObject();
        json.addProperty("code", code.id());
        json.addProperty("title", code.title());
        json.addProperty("text", text);
        print(console, json, text);
    }

    private void print(Console console, JsonObject json, String text) {
        if (json()) {
            Report.json(console, json);
        } else {
            console.out().print(text);
        }
    }

    private static String listText() {
        var rows = new StringBuilder("Diagnostics:\n");
        EveryCode.ALL.forEach(code -> rows.append("  ")
                .append(code.id())
                .append("  ")
                .append(code.title())
                .append('\n'));
        rows.append("\nLanguage:\n");
        BuiltInDoc.ALL.forEach(doc -> rows.append("  ").append(doc.signature()).append('\n'));
        rows.append("\nTopics:\n");
        LanguageGuide.sections()
                .forEach(section -> rows.append("  ")
                        .append(String.join(", ", section.topics()))
                        .append('\n'));
        rows.append("\nLibrary:\n");
        LibraryDoc.ALL.forEach(doc -> rows.append("  ").append(doc.signature()).append('\n'));
        return rows.toString();
    }

    private static JsonObject listJson() {
        var codes = new JsonArray();
        for (DiagnosticCode code : EveryCode.ALL) {
            var entry = new JsonObject();
            entry.addProperty("code", code.id());
            entry.addProperty("title", code.title());
            codes.add(entry);
        }
        var language = new JsonArray();
        BuiltInDoc.ALL.forEach(doc -> language.add(doc.signature()));
        var topics = new JsonArray();
        LanguageGuide.sections().forEach(section -> section.topics().forEach(topics::add));
        var library = new JsonArray();
        LibraryDoc.ALL.forEach(doc -> library.add(doc.signature()));
        var json = new JsonObject();
        json.add("diagnostics", codes);
        json.add("language", language);
        json.add("topics", topics);
        json.add("library", library);
        return json;
    }

    private static DiagnosticException unknown(String name) {
        return failure(Diagnostic.error(CliCode.UNKNOWN_TOPIC, "there is nothing to explain under '" + name + "'")
                .help(NearNames.question(name, EveryTopic.ALL).orElse("'rasp explain --list' shows what there is")));
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
