package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.Text;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.Inputs;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.view.flow.Flow;
import io.rasplens.runtime.view.flow.FlowDot;
import io.rasplens.runtime.view.flow.FlowSvg;
import io.rasplens.runtime.view.flow.FlowTrace;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp draw FILE}: the computation flow of an s-op on an input. */
@Command(
        header = "Draw how an s-op computes its answer on an input: selectors, aggregations, sequences.",
        description = "Writes an SVG, or with -o NAME.dot a graph for Graphviz. Without -o the file is named after the"
                + " s-op: reverse.flow.svg.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp draw examples/hist.rasp --input abca",
            "  rasp draw examples/reverse.rasp --sop opposite -o opposite.dot",
            "  rasp draw examples/reverse.rasp -o - > reverse.svg"
        })
public final class DrawVerb extends VerbCommand {
    private static final String SVG = ".svg";
    private static final String DOT = ".dot";

    @Parameters(index = "0", paramLabel = "FILE", description = "A .rasp program.")
    private String file = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to: a name in .svg or .dot, or - for an SVG on stdout.")
    private @Nullable String output;

    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description = "The input: abc is three tokens, '[1, 2, \"x\"]' a list of atoms (default: #@ example).")
    private @Nullable String input;

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = Optional.ofNullable(input).map(text -> Inputs.parse("--input", text));
        boolean stdout = "-".equals(output);
        if (stdout && json()) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "-o - and --json both want stdout")
                    .help("give -o a file name"));
        }
        boolean dot = output != null && isDot(output);
        Program program = Program.open(console, SourceReader.path(file), options.compileOptions());
        RaspProgram chosen = program.chosen();
        ImmutableList<Value> tokens = program.input(given);
        Flow flow = Checked.value(console, FlowTrace.trace(chosen, tokens));
        String drawing = dot ? FlowDot.draw(flow) : FlowSvg.draw(flow);
        if (stdout) {
            console.document(drawing);
            return ExitCode.OK;
        }
        Path target = SourceReader.path(output == null ? chosen.name() + ".flow" + SVG : output);
        SourceReader.checkDistinct(file, target);
        Checked.value(console, TextFiles.write(target, drawing));
        tell(console, chosen.name(), tokens, dot, target);
        return ExitCode.OK;
    }

    private void tell(Console console, String sop, ImmutableList<Value> tokens, boolean dot, Path target) {
        if (!json()) {
            console.out().print("drew " + sop + " on " + Text.values(tokens) + ": " + target + "\n");
            return;
        }
        var json = new JsonObject();
        json.addProperty("sop", sop);
        json.add("input", Json.values(tokens));
        json.addProperty("format", dot ? "dot" : "svg");
        json.addProperty("file", target.toString());
        Report.json(console, json);
    }

    private static boolean isDot(String name) {
        String lower = Ascii.toLowerCase(name);
        if (lower.endsWith(DOT)) {
            return true;
        }
        if (lower.endsWith(SVG) || name.equals("-")) {
            return false;
        }
        throw failure(Diagnostic.error(CliCode.BAD_VALUE, "-o " + name + " says not what to draw")
                .help("end the name in .svg (a picture) or .dot (a graph for Graphviz)"));
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
