package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.Inputs;
import io.rasplens.runtime.cli.subject.ModelSubjects;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.view.page.PageHtml;
import io.rasplens.runtime.view.page.PageProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp view [FILE|MODEL]}: a page with the compiler in it. */
@Command(
        header = "Write a page that shows a program as a transformer, to step through, touch and change.",
        description = "One HTML file with the compiler, the examples and the lessons in it; it needs no server and no"
                + " network. With a program or a model, that one is open in it.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp view -o rasplens.html",
            "  rasp view examples/reverse.rasp --input '[1, 2, 3]' -o reverse.html",
            "  rasp view model.safetensors --open"
        })
public final class ViewVerb extends VerbCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE|MODEL",
            description = "A .rasp program, or a saved model.")
    private @Nullable String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.html",
            description = "Where to (default: NAME.html, named after the program).")
    private @Nullable String output;

    @Option(names = "--open", description = "Show it in the browser.")
    private boolean open;

    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description = "The input to open it on: abc is three tokens, '[1, 2, \"x\"]' a list of atoms (default: #@"
                    + " example).")
    private @Nullable String input;

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    @Override
    public int run(Console console) {
        CompileOptions compile = options.compileOptions();
        Optional<ImmutableList<Value>> given =
                Optional.ofNullable(input).map(text -> Inputs.nonEmpty(Inputs.parse("--input", text)));
        Path target = target();
        Optional<PageProgram> program = Optional.ofNullable(file).map(name -> program(console, name, compile, given));
        if (file != null) {
            SourceReader.checkDistinct(file, target);
        }
        String page = PageHtml.of(program)
                .orElseThrow(() -> failure(
                        CliCode.NOT_BUILT, "this build of Rasplens has no page", "build it whole: mvn -B verify"));
        Checked.value(console, TextFiles.write(target, page));
        if (json()) {
            var json = new JsonObject();
            json.add("program", Json.text(program.map(PageProgram::name)));
            json.addProperty("file", target.toString());
            Report.json(console, json);
        } else {
            console.out().print("wrote " + target + "\n");
        }
        if (open) {
            show(target);
        }
        return ExitCode.OK;
    }

    private Path target() {
        if (output != null) {
            if (!Ascii.toLowerCase(output).endsWith(".html")) {
                throw failure(
                        CliCode.BAD_VALUE, "-o " + output + " is not the name of a page", "end the name in .html");
            }
            return SourceReader.path(output);
        }
        if (file == null) {
            return SourceReader.path("rasplens.html");
        }
        Path name = SourceReader.path(file).getFileName();
        return SourceReader.path(String.valueOf(name).replaceAll("\\.(rasp|safetensors)$", "") + ".html");
    }

    private static PageProgram program(
            Console console, String file, CompileOptions options, Optional<ImmutableList<Value>> input) {
        Path path = SourceReader.path(file);
        SourceReader.checkReadable(path);
        if (ModelSubjects.isModel(path)) {
            return Checked.value(console, ModelStore.load(path, Optional.empty(), Optional.empty()))
                    .program()
                    .map(source -> PageProgram.of(source, input))
                    .orElseThrow(() -> failure(
                            CliCode.NO_PROGRAM,
                            file + " does not hold the program that it was compiled from",
                            "give a model that 'rasp compile' wrote, or the program itself"));
        }
        Program program = Program.open(console, path, options);
        return new PageProgram(
                String.valueOf(path.getFileName()),
                program.elaboration().source().text(),
                program.elaboration().loads(),
                options.level(),
                options.sop(),
                options.vocabulary(),
                options.maxLength(),
                options.causal(),
                input);
    }

    /** With what the system opens files with. */
    private static void show(Path page) {
        String system = Ascii.toLowerCase(System.getProperty("os.name", ""));
        String address = page.toAbsolutePath().toUri().toString();
        ImmutableList<String> command = system.contains("mac")
                ? ImmutableList.of("open", address)
                : system.contains("win")
                        ? ImmutableList.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : ImmutableList.of("xdg-open", address);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw failure(
                    CliCode.NO_BROWSER,
                    "there is no browser that this system knows to open",
                    "open " + page + " by hand");
        }
    }

    private static DiagnosticException failure(CliCode code, String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(code, message).help(help)));
    }
}
