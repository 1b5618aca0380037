package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.analysis.circuit.CircuitGraph;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitNode;
import io.rasplens.runtime.answer.CircuitJson;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.view.circuit.CircuitDot;
import io.rasplens.runtime.view.circuit.CircuitSvg;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp circuit FILE|MODEL}: which part reads which. */
@Command(
        header = "Show a model's circuit: which part reads which, through what, and which s-ops over it.",
        description = "Parts are named as hooks are: embed, pos_embed, blocks.0.attn.head.1, blocks.0.mlp, unembed."
                + " The edges are those that the weights have.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp circuit examples/reverse.rasp",
            "  rasp circuit examples/double_hist.rasp --json",
            "  rasp circuit examples/sort.rasp -o circuit.svg",
            "  rasp circuit model.safetensors -o circuit.dot"
        })
public final class CircuitVerb extends VerbCommand {
    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Draw it to a .dot or .svg file.")
    private @Nullable String output;

    @Override
    public int run(Console console) {
        checkOutput();
        Subjects subjects = Subjects.open(console, subject);
        CircuitGraph graph = CircuitGraph.of(subjects.whole().model());
        if (output != null) {
            String drawing = isDot(output) ? CircuitDot.draw(graph) : CircuitSvg.draw(graph);
            Path target = Checked.value(console, TextFiles.write(SourceReader.path(output), drawing));
            if (!json()) {
                console.out().print("drew " + AnswerText.counted(graph.links().size(), "edge") + ": " + target + "\n");
            }
        }
        if (json()) {
            Report.json(console, CircuitJson.of(graph));
        } else if (output == null) {
            console.out().print(text(graph));
        }
        return ExitCode.OK;
    }

    private void checkOutput() {
        if (output != null && !isDot(output) && !Ascii.toLowerCase(output).endsWith(".svg")) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                            CliCode.BAD_VALUE, "-o " + output + " is the name of neither a DOT file nor an SVG")
                    .help("end the name in .dot or .svg")));
        }
    }

    private static boolean isDot(String name) {
        return Ascii.toLowerCase(name).endsWith(".dot");
    }

    private static String text(CircuitGraph graph) {
        var out = new StringBuilder();
        for (CircuitNode node : graph.nodes()) {
            out.append(node.component().id());
            out.append(
                    node.label().isEmpty()
                            ? ""
                            : "  " + String.join(", ", node.sops())
                                    + (node.sops().isEmpty() ? "" : ": ") + node.label());
            out.append('\n');
            List<ImmutableList<String>> rows = graph.links().stream()
                    .filter(link -> link.edge().to().equals(node.component()))
                    .map(link -> ImmutableList.of(
                            "  " + link.edge().via().word(), link.edge().from().id(), String.join(", ", link.sops())))
                    .toList();
            rows.forEach(row -> out.append(String.join("  ", row)).append('\n'));
        }
        return out.toString();
    }
}
