package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.repl.ModelCommands;
import io.rasplens.runtime.repl.PipeSession;
import io.rasplens.runtime.repl.ReplEngine;
import io.rasplens.runtime.repl.Responder;
import io.rasplens.runtime.repl.terminal.TerminalSession;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rasp repl}: statements one by one, each answered on an example input. */
@Command(
        header = "Type RASP and see each s-op and selector on an example; statements may also come from a pipe.",
        description = ":help in the session lists the commands. Drawings go into the current folder.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp repl",
            "  echo 'reverse = aggregate(select(indices, length-indices-1, ==), tokens);' | rasp repl"
        })
public final class ReplVerb extends VerbCommand {
    @Option(names = "-O", paramLabel = "0|1|2", description = "How :compile and :run compile (default: -O1).")
    private @Nullable Integer optimization;

    @Override
    public int run(Console console) {
        if (json()) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "the session has no --json")
                    .help("'rasp eval FILE --json' answers in JSON"));
        }
        CompileOptions options = CompileOptions.DEFAULT.level(ProgramOptions.level(optimization));
        var models = new ModelCommands(
                target -> RaspCompiler.stages(target, options).then(Stages::model),
                (model, input) -> HookedTransformer.load(model).run(input));
        var engine = new ReplEngine(new FileLoader(Path.of("")), models);
        DiagnosticRenderer drawn = console.colour() ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
        Function<Diagnostic, String> renderer = diagnostic -> drawn.render(ImmutableList.of(diagnostic));
        try {
            if (console.terminal()) {
                TerminalSession.run(engine, renderer, Path.of(""), console.colour());
            } else {
                pipe(console, engine, renderer);
            }
        } catch (IOException e) {
            throw failure(Diagnostic.error(
                    CliCode.UNREADABLE, "the statements can't be read: " + String.valueOf(e.getMessage())));
        }
        return ExitCode.OK;
    }

    private static void pipe(Console console, ReplEngine engine, Function<Diagnostic, String> renderer)
            throws IOException {
        var responder = new Responder(
                new PrintWriter(console.out(), false, StandardCharsets.UTF_8),
                new PrintWriter(console.err(), false, StandardCharsets.UTF_8),
                renderer,
                Path.of(""));
        PipeSession.run(engine, new InputStreamReader(console.in(), StandardCharsets.UTF_8), responder);
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
