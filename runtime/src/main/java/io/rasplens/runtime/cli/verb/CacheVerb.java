package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.SopValuesAnswer;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.cli.print.ActivationHeat;
import io.rasplens.runtime.cli.print.Activations;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.subject.Answer;
import io.rasplens.runtime.cli.subject.AnswerInputs;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.InputOptions;
import io.rasplens.runtime.cli.subject.NameList;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import io.rasplens.runtime.cli.subject.Subjects;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.store.ActivationFile;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.RunOptions;
import io.rasplens.runtime.view.attention.AttentionFigure;
import io.rasplens.runtime.view.attention.AttentionSvg;
import io.rasplens.runtime.view.attention.AttentionText;
import io.rasplens.runtime.view.attention.FindSelectedKeys;
import io.rasplens.runtime.view.heat.HeatFigure;
import io.rasplens.runtime.view.heat.HeatSvg;
import io.rasplens.runtime.view.heat.HeatText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rasp cache FILE|MODEL}: the activations of one run. */
@Command(
        header = "Show, save or draw the activations of a run at chosen hook points.",
        description = "Names are full hook names or patterns: * is any run of characters, ? any one, {a,b} either.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp cache examples/reverse.rasp --input '[1, 2, 3]'",
            "  rasp cache examples/hist.rasp --names 'blocks.*.attn.hook_pattern' --json",
            "  rasp cache examples/reverse.rasp -o acts.safetensors",
            "  rasp cache examples/reverse.rasp --sop-values",
            "  rasp cache examples/reverse.rasp --plot",
            "  rasp cache examples/reverse.rasp --names 'blocks.0.attn.hook_pattern' --plot pattern.svg"
        })
public final class CacheVerb extends VerbCommand {
    private static final String SAFETENSORS = ".safetensors";
    private static final String SVG = ".svg";

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--names",
            paramLabel = "PATTERNS",
            description = "Hook points, separated by commas (default: all but the readers' own inputs).")
    private @Nullable String names;

    @Option(names = "--values", description = "Show the numbers of small activations too.")
    private boolean values;

    @Option(
            names = "--sop-values",
            description = "Show every s-op that can be read, decoded, beside the interpreter's values.")
    private boolean sopValues;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write them to a .safetensors file: float64, under their full names.")
    private @Nullable String output;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw a heat map; without a file, in the terminal"
                    + " (default: the residual stream after the last block).")
    private @Nullable String plot;

    @Override
    public int run(Console console) {
        Optional<ImmutableList<Value>> given = inputs.input();
        check();
        RunOptions options = names == null
                ? RunOptions.PLAIN
                : RunOptions.PLAIN.names(NameList.split(names).toArray(String[]::new));
        Subjects subjects = Subjects.open(console, subject);
        var answers = new AnswerInputs(console, json(), input -> {
            ReadyModel model = subjects.fitting(ImmutableList.of(input));
            if (sopValues) {
                return new SopValues(SopValuesAnswer.of(model, input)).whole();
            }
            TokenBatch tokens = model.encode(input);
            ActivationCache cache =
                    model.transformer().runWithCache(tokens, options).cache();
            return answer(
                    console, new Activations(input, cache), () -> FindSelectedKeys.on(model.transformer(), tokens));
        });
        return inputs.inputs().isPresent() ? answers.lines(inputs.inputs().get()) : answers.one(subjects.input(given));
    }

    /** Something drawn, in both ways. */
    private record CachePicture(String title, Supplier<String> svg, Supplier<String> text) {}

    private Answer answer(Console console, Activations activations, Supplier<FindSelectedKeys> keys) {
        var text = new StringBuilder();
        // Both are drawn or refused before either is written.
        ImmutableList<CachePicture> pictures = plot == null ? ImmutableList.of() : pictures(console, activations, keys);
        if (plot == null && output == null && !json()) {
            text.append(activations.table(values));
        }
        if (output != null) {
            Path target =
                    Checked.value(console, ActivationFile.write(SourceReader.path(output), activations.forFile()));
            text.append("wrote ")
                    .append(activations.summary())
                    .append(": ")
                    .append(target)
                    .append('\n');
        }
        if (plot != null && !plot.isEmpty()) {
            Path picture = SourceReader.path(plot);
            SourceReader.checkDistinct(subject.file(), picture);
            Path target = Checked.value(
                    console, TextFiles.write(picture, pictures.get(0).svg().get()));
            text.append("drew ")
                    .append(pictures.get(0).title())
                    .append(": ")
                    .append(target)
                    .append('\n');
        } else {
            pictures.forEach(picture -> text.append(picture.text().get()));
        }
        var json = json() ? activations.json() : new JsonObject();
        return Answer.of(json, text.toString(), activations.line(), true);
    }

    private ImmutableList<CachePicture> pictures(
            Console console, Activations activations, Supplier<FindSelectedKeys> keys) {
        var heat = new ActivationHeat(activations.input(), activations.cache());
        if (names == null) {
            return ImmutableList.of(heat(console, heat.figure(ImmutableList.of(heat.lastResidual()))));
        }
        ImmutableList<HookName> drawn = activations.cache().names().asList();
        if (plot == null || plot.isEmpty()) {
            return drawn.stream()
                    .map(name -> picture(console, heat, ImmutableList.of(name), keys))
                    .collect(ImmutableList.toImmutableList());
        }
        if (drawn.stream().map(HookName::kind).distinct().count() > 1) {
            throw failure(Diagnostic.error(
                            CliCode.BAD_VALUE,
                            "one picture cannot show " + drawn.get(0) + " and " + drawn.get(drawn.size() - 1))
                    .help("choose hook points of one kind with --names"));
        }
        return ImmutableList.of(picture(console, heat, drawn, keys));
    }

    private static CachePicture picture(
            Console console, ActivationHeat heat, ImmutableList<HookName> names, Supplier<FindSelectedKeys> keys) {
        if (names.get(0).kind() != HookKind.PATTERN) {
            return heat(console, heat.figure(names));
        }
        AttentionFigure figure = heat.attention(names, keys.get());
        return new CachePicture(
                figure.title(), () -> AttentionSvg.draw(figure), () -> AttentionText.draw(figure, console.width()));
    }

    private static CachePicture heat(Console console, HeatFigure figure) {
        return new CachePicture(
                figure.title(),
                () -> HeatSvg.draw(figure),
                () -> HeatText.draw(figure, ActivationHeat.style(console), console.width()));
    }

    private void check() {
        boolean files = output != null || plot != null;
        if (sopValues && (files || names != null || values)) {
            throw failure(Diagnostic.error(
                            CliCode.CONFLICTING_OPTIONS,
                            "--sop-values goes with none of --names, --values, -o and --plot")
                    .help("show s-ops or activations"));
        }
        if (inputs.inputs().isPresent() && files) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "-o and --plot take one input, not --inputs")
                    .help("give --input"));
        }
        if (plot != null && plot.isEmpty() && json()) {
            throw failure(Diagnostic.error(CliCode.CONFLICTING_OPTIONS, "--plot and --json both want stdout")
                    .help("give --plot a file: --plot heat.svg"));
        }
        if (plot != null && !plot.isEmpty() && !Ascii.toLowerCase(plot).endsWith(SVG)) {
            throw failure(Diagnostic.error(CliCode.BAD_VALUE, "--plot " + plot + " is not the name of an SVG")
                    .help("end the name in .svg"));
        }
        if (output != null) {
            checkOutput(output);
        }
    }

    private void checkOutput(String target) {
        if (!Ascii.toLowerCase(target).endsWith(SAFETENSORS)) {
            throw failure(Diagnostic.error(CliCode.BAD_VALUE, "-o " + target + " is not the name of a safetensors file")
                    .help("end the name in .safetensors"));
        }
        Path to = SourceReader.path(target);
        Path from = SourceReader.path(subject.file());
        try {
            if (Files.exists(to) && Files.exists(from) && Files.isSameFile(to, from)) {
                throw failure(Diagnostic.error(
                                CliCode.CONFLICTING_OPTIONS, "the activations would overwrite the model " + from)
                        .help("give -o another name"));
            }
        } catch (IOException e) {
            throw SourceReader.unreadable(to, e);
        }
    }

    private static DiagnosticException failure(Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic));
    }
}
