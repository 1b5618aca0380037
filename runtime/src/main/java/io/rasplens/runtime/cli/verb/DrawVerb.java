package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.elaborate.Meaning;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.Inputs;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.view.flow.Flow;
import io.rasplens.runtime.view.flow.FlowDirection;
import io.rasplens.runtime.view.flow.FlowDot;
import io.rasplens.runtime.view.flow.FlowRoot;
import io.rasplens.runtime.view.flow.FlowSvg;
import io.rasplens.runtime.view.flow.FlowTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp draw FILE}: the computation flow of an s-op on an input. */
@Command(
        header = "Draw how an s-op computes its answer on an input: selectors, aggregations, sequences.",
        description = "Writes an SVG, or with -o NAME.dot a graph for Graphviz. Without -o the file is named after the"
                + " s-op, reverse.flow.svg, and numbered where there is such a file.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp draw examples/hist.rasp --input abca",
            "  rasp draw examples/reverse.rasp --sop mirror -o mirror.dot",
            "  rasp draw examples/addition.rasp --left-to-right -o slide.svg",
            "  rasp draw examples/addition.rasp --by-layer -o addition.svg",
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

    @Option(
            names = "--left-to-right",
            description = "Lay the layers out from left to right, in rows that fit a slide, not from the top down.")
    private boolean leftToRight;

    @Option(
            names = "--by-layer",
            description = "One picture for each attention layer, in files NAME.layer-0.svg, NAME.layer-1.svg, \u2026")
    private boolean byLayer;

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = Optional.ofNullable(input).map(text -> Inputs.parse("--input", text));
        boolean stdout = "-".equals(output);
        check(stdout);
        boolean dot = output != null && isDot(output);
        Program program = Program.open(console, SourceReader.path(file), options.compileOptions());
        FlowRoot root = root(program);
        ImmutableList<Value> tokens = program.input(given);
        Flow flow = Checked.value(console, FlowTrace.trace(root, tokens));
        if (stdout) {
            console.out().print(drawing(flow, false));
            return ExitCode.OK;
        }
        Path target = output == null ? free(root.name()) : SourceReader.path(output);
        var files = ImmutableList.<Path>builder();
        if (byLayer && flow.layers() > 0) {
            ImmutableList<Flow> layers = flow.byLayer();
            for (int layer = 0; layer < layers.size(); layer++) {
                files.add(write(console, layered(target, layer), drawing(layers.get(layer), dot)));
            }
        } else {
            files.add(write(console, target, drawing(flow, dot)));
        }
        tell(console, root.name(), tokens, dot, files.build());
        return ExitCode.OK;
    }

    private void check(boolean stdout) {
        if (stdout && json()) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "-o - and --json both want stdout")
                    .help("give -o a file name"));
        }
        if (stdout && byLayer) {
            throw failure(
                    Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "--by-layer draws several pictures, -o - takes one")
                            .help("give -o a file name"));
        }
        if (output != null && !stdout && isDot(output) && leftToRight) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "--left-to-right is for an SVG")
                    .help("Graphviz takes the direction itself: dot -Grankdir=LR"));
        }
    }

    /** The s-op or selector that --sop names, else the s-op that the file chooses. */
    private static FlowRoot root(Program program) {
        Optional<String> name = program.options().sop();
        Optional<Selector> selector = name.flatMap(program.elaboration()::find)
                .filter(Meaning.Selection.class::isInstance)
                .map(meaning -> ((Meaning.Selection) meaning).node());
        if (selector.isEmpty()) {
            return FlowRoot.of(program.chosen());
        }
        boolean causal = program.options().causal().orElse(program.elaboration().isCausal());
        return new FlowRoot(
                selector.get(), name.orElseThrow(), program.elaboration().origins(), causal);
    }

    private String drawing(Flow flow, boolean dot) {
        return dot ? FlowDot.draw(flow) : FlowSvg.draw(flow, leftToRight ? FlowDirection.RIGHT : FlowDirection.DOWN);
    }

    private Path write(Console console, Path target, String drawing) {
        SourceReader.checkDistinct(file, target);
        return Checked.value(console, TextFiles.write(target, drawing));
    }

    /** A name that no file has yet: what was drawn before stays. */
    private Path free(String sop) {
        Path target = SourceReader.path(sop + ".flow" + SVG);
        for (int number = 2; isTaken(target); number++) {
            target = SourceReader.path(sop + ".flow-" + number + SVG);
        }
        return target;
    }

    private boolean isTaken(Path target) {
        return Files.exists(byLayer ? layered(target, 0) : target);
    }

    /** {@code reverse.layer-1.svg} for {@code reverse.svg}. */
    private static Path layered(Path target, int layer) {
        String name = String.valueOf(target.getFileName());
        int dot = name.lastIndexOf('.');
        return target.resolveSibling(name.substring(0, dot) + ".layer-" + layer + name.substring(dot));
    }

    private void tell(
            Console console, String sop, ImmutableList<Value> tokens, boolean dot, ImmutableList<Path> files) {
        String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        if (!json()) {
            console.out().print("drew " + sop + " on " + AnswerText.values(tokens) + ": " + names + "\n");
            return;
        }
        var json = new JsonObject();
        json.addProperty("sop", sop);
        json.add("input", Json.values(tokens));
        json.addProperty("format", dot ? "dot" : "svg");
        json.addProperty("file", files.isEmpty() ? "" : files.get(0).toString());
        json.add("files", JsonOut.list(files, file -> new JsonPrimitive(file.toString())));
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
