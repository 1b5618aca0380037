package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.analysis.patch.Recovery;
import io.rasplens.runtime.answer.PatchAnswer;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.SetAnswer;
import io.rasplens.runtime.answer.SweptHooks;
import io.rasplens.runtime.cli.print.ActivationHeat;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.TableText;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.Inputs;
import io.rasplens.runtime.cli.subject.SopSetting;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.SopEdit;
import io.rasplens.runtime.view.heat.HeatSvg;
import io.rasplens.runtime.view.heat.HeatText;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp patch FILE|MODEL}: a sweep of activation patching between two inputs, or s-ops set to other values. */
@Command(
        header = "Put activations of a clean run into a run on a corrupted input, one by one, and see what comes back;"
                + " or set s-ops to other values.",
        description = {
            "With --corrupted each number is one run: 0 where the answer stays the corrupted input's, 1 where it is again"
                    + " the clean input's. By layer and position: resid_pre, attn_out, resid_mid, mlp_out, resid_post; by"
                    + " layer and head: q, k, v, z, result, pattern, attn_scores. z:pos tells heads and positions apart,"
                    + " pattern:key queries and keys; token puts every token at every position; every is the lot.",
            "With --set the transformer runs with s-ops set, and the program with the same s-ops overridden."
                    + " Exit code 1 if they differ."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp patch examples/reverse.rasp --corrupted '[1, 2, 2]'",
            "  rasp patch examples/hist.rasp --input abca --corrupted abcb --position 0 --hooks attn_out,z:pos",
            "  rasp patch model.safetensors --input abca --corrupted abcb --hooks every --json",
            "  rasp patch examples/reverse.rasp -O0 --set 'opposite[2]=1'"
        })
public final class PatchVerb extends VerbCommand {
    private static final String SVG = ".svg";

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description =
                    "The clean input: abc is three tokens, '[1, 2, \"x\"]' a list of atoms (default: #@ example).")
    private @Nullable String input;

    @Option(
            names = "--corrupted",
            paramLabel = "TEXT",
            description = "The other input, of the same length, with another answer.")
    private @Nullable String corrupted;

    @Option(
            names = "--set",
            paramLabel = "NAME[N]=VALUE",
            description = "An s-op's value at a position, from 0; may be given several times.")
    private String[] set = {};

    @Option(
            names = "--position",
            paramLabel = "N",
            description = "Where to look at the answer, from 0 (default: the first place where the answers differ).")
    private @Nullable Integer position;

    @Option(
            names = "--hooks",
            paramLabel = "NAMES",
            split = ",",
            description = "What to put in place, separated by commas (default: resid_pre,attn_out,mlp_out).")
    private String[] hooks = {"resid_pre", "attn_out", "mlp_out"};

    @Option(names = "--csv", description = "Print the tables as comma-separated values.")
    private boolean csv;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw the tables as heat maps; without a file, in the terminal.")
    private @Nullable String plot;

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given =
                Optional.ofNullable(input).map(text -> Inputs.nonEmpty(Inputs.parse("--input", text)));
        if (set.length > 0) {
            return set(console, given);
        }
        if (corrupted == null) {
            throw failure(CliCode.MISSING_ARGUMENT, "'--corrupted' is missing", "give --corrupted TEXT, or --set");
        }
        checkForm();
        ImmutableList<String> swept = sweptHooks();
        ImmutableList<Value> other = Inputs.nonEmpty(Inputs.parse("--corrupted", corrupted));
        Subjects subjects = Subjects.open(console, subject);
        ImmutableList<Value> clean = subjects.input(given);
        if (clean.size() != other.size()) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                            EngineCode.WRONG_SHAPE,
                            "the clean input has " + AnswerText.counted(clean.size(), "token") + ", the corrupted one "
                                    + other.size())
                    .help("patching needs two inputs of the same length")));
        }
        ReadyModel model = subjects.fitting(clean, "--corrupted", other);
        TokenBatch cleanTokens = model.transformer().encode(clean);
        TokenBatch otherTokens = model.transformer().encode(other);
        Recovery recovery = Recovery.between(model.transformer(), cleanTokens, otherTokens, position(clean.size()));
        var sweep = new PatchSweep(model.transformer(), cleanTokens, otherTokens, recovery);
        print(
                console,
                new PatchAnswer(
                        model,
                        clean,
                        other,
                        recovery.position() - 1,
                        SweptHooks.sweep(sweep, swept, model.model().encoder())));
        return ExitCode.OK;
    }

    private ImmutableList<String> sweptHooks() {
        ImmutableList<String> names = Arrays.stream(hooks).map(String::strip).collect(ImmutableList.toImmutableList());
        for (String name : names) {
            if (!SweptHooks.known().contains(name)) {
                throw failure(
                        CliCode.BAD_VALUE,
                        "--hooks can't patch '" + name + "'",
                        NearNames.question(name, SweptHooks.known())
                                .orElse("there are " + String.join(", ", SweptHooks.known())));
            }
        }
        return names;
    }

    private void print(Console console, PatchAnswer answer) {
        var report = new PatchReport(answer);
        if (plot != null && !plot.isEmpty()) {
            ImmutableList<TableText> tables = report.shown();
            String title = "what comes back";
            var path = Checked.value(
                    console,
                    TextFiles.write(SourceReader.path(plot), HeatSvg.draw(TableText.figure(title, sameAxes(tables)))));
            if (!json() && !csv) {
                console.out().print("drew " + AnswerText.counted(tables.size(), "table") + ": " + path + "\n");
                return;
            }
        }
        if (json()) {
            Report.json(console, answer.json());
        } else if (csv) {
            console.out().print(report.csv());
        } else if (plot != null) {
            report.shown()
                    .forEach(table -> console.out()
                            .print(HeatText.draw(table.figure(), ActivationHeat.style(console), console.width())));
        } else {
            console.out().print(report.text());
        }
    }

    private ImmutableList<TableText> sameAxes(ImmutableList<TableText> tables) {
        var first = tables.get(0).table();
        for (TableText table : tables) {
            if (!table.table().columns().equals(first.columns())
                    || !table.table().rows().equals(first.rows())
                    || !table.table().columnAxis().equals(first.columnAxis())) {
                throw failure(
                        CliCode.BAD_VALUE,
                        "one picture cannot show " + first.title() + " and "
                                + table.table().title(),
                        "choose with --hooks what has the same rows and columns");
            }
        }
        return tables;
    }

    private int set(Console console, Optional<ImmutableList<Value>> given) {
        if (corrupted != null || csv || plot != null || position != null) {
            throw failure(
                    CliCode.CONFLICTING_OPTIONS,
                    "--set goes with none of --corrupted, --position, --csv and --plot",
                    "set s-ops, or sweep over activations");
        }
        ImmutableList<SopEdit> edits =
                Arrays.stream(set).map(SopSetting::parse).collect(ImmutableList.toImmutableList());
        Subjects subjects = Subjects.open(console, subject);
        ImmutableList<Value> clean = subjects.input(given);
        SetAnswer answer = SetAnswer.of(subjects.fitting(ImmutableList.of(clean)), clean, edits);
        var report = new SetReport(answer);
        if (json()) {
            Report.json(console, answer.json());
        } else {
            console.out().print(report.text());
        }
        if (!answer.matches()) {
            Report.print(console, report.difference().diagnostics());
            return ExitCode.REJECTED;
        }
        return ExitCode.OK;
    }

    private void checkForm() {
        if (csv && json()) {
            throw failure(CliCode.CONFLICTING_OPTIONS, "--csv and --json exclude each other", "give one of them");
        }
        if (plot != null && plot.isEmpty() && (json() || csv)) {
            throw failure(
                    CliCode.CONFLICTING_OPTIONS,
                    "--plot and " + (csv ? "--csv" : "--json") + " both want stdout",
                    "give --plot a file: --plot heat.svg");
        }
        if (plot != null && !plot.isEmpty() && !Ascii.toLowerCase(plot).endsWith(SVG)) {
            throw failure(CliCode.BAD_VALUE, "--plot " + plot + " is not the name of an SVG", "end the name in .svg");
        }
    }

    /** BOS counted. */
    private OptionalInt position(int length) {
        if (position == null) {
            return OptionalInt.empty();
        }
        if (position < 0 || position >= length) {
            throw failure(
                    CliCode.BAD_VALUE,
                    "--position must be from 0 to " + (length - 1) + ", got " + position,
                    "it is a place in the input, the first of which is 0");
        }
        return OptionalInt.of(position + 1);
    }

    private static DiagnosticException failure(CliCode code, String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(code, message).help(help)));
    }
}
