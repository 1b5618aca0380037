package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.parse.Formatter;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.store.TextFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp fmt FILE…}: programs in the one canonical style. */
@Command(
        header = "Lay programs out in the one canonical style; comments and directives stay, the meaning too.",
        description =
                "Prints the program. With --write the files themselves are rewritten where that changes them; with"
                        + " --check nothing is, and the exit code is 1 if some file is not in that style.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  rasp fmt program.rasp", "  rasp fmt --write examples/*.rasp", "  rasp fmt --check examples/*.rasp"
        })
public final class FmtVerb extends VerbCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = ".rasp programs.")
    private List<String> files = List.of();

    @Option(
            names = {"-w", "--write"},
            description = "Rewrite the files.")
    private boolean write;

    @Option(names = "--check", description = "Only name the files that would change.")
    private boolean check;

    @Override
    public int run(Console console) {
        if (write && check) {
            throw failure("--write and --check exclude each other", "give one of them");
        }
        if (!write && !check && files.size() > 1) {
            throw failure("several files can't be printed as one", "give one file, or --write, or --check");
        }
        var all = new JsonArray();
        boolean fine = true;
        for (String file : files) {
            Path path = SourceReader.path(file);
            SourceFile source = SourceReader.read(path);
            String text = Checked.value(console, Formatter.format(source));
            boolean changed = !text.equals(source.text());
            if (write && changed) {
                Checked.value(console, TextFiles.write(path, text));
            }
            fine &= !check || !changed;
            if (json()) {
                all.add(json(file, text, changed));
            } else if (write || check) {
                console.out().print(told(file, changed));
            } else {
                console.document(text);
            }
        }
        if (json()) {
            var json = new JsonObject();
            json.add("files", all);
            Report.json(console, json);
        }
        return fine ? ExitCode.OK : ExitCode.REJECTED;
    }

    private String told(String file, boolean changed) {
        return changed ? (write ? "rewrote " : "would change ") + file + "\n" : "";
    }

    private static JsonObject json(String file, String text, boolean changed) {
        var json = new JsonObject();
        json.addProperty("file", file);
        json.addProperty("changed", changed);
        json.addProperty("text", text);
        return json;
    }

    private static DiagnosticException failure(String message, String help) {
        return new DiagnosticException(ImmutableList.of(
                Diagnostic.error(CliCode.CONFLICTING_OPTIONS, message).help(help)));
    }
}
