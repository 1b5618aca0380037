package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.gson.JsonObject;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.analysis.UndefinedInputs;
import io.rasplens.runtime.answer.CompileJson;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.UndefinedAnswer;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CertificateText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Progress;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.SizeTable;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.DumpedForm;
import io.rasplens.runtime.cli.subject.ModelSubjects;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.ProgramSubjects;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.cli.subject.Warnings;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp compile FILE -o model.safetensors}. */
@Command(
        header = "Compile a program to a transformer and write its weights, labels and config.",
        description = "Beside the model lie config.json and codec.json for other tools."
                + " Prints how big the program becomes at each level of optimisation.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp compile examples/reverse.rasp -o model.safetensors",
            "  rasp compile examples/hist.rasp --vocab abc --max-length 8 -O0 -o model.safetensors",
            "  rasp compile examples/hist.rasp --dump blocks",
            "  rasp run model.safetensors --input abca"
        })
public final class CompileVerb extends VerbCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "A .rasp program.")
    private String file = "";

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    @Mixin
    private Warnings warnings = new Warnings();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            description = "The .safetensors file to write.")
    private @Nullable String output;

    @Option(
            names = "--dump",
            paramLabel = "FORM",
            description = "Print an intermediate form instead: graph, blocks or layers.")
    private @Nullable String dump;

    @Override
    public int run(Console console) {
        CompileOptions compileOptions = options.compileOptions();
        if (dump != null) {
            return dump(console, DumpedForm.named(dump), compileOptions);
        }
        if (output == null) {
            throw new DiagnosticException(ImmutableList.of(
                    Diagnostic.error(CliCode.MISSING_ARGUMENT, "missing required option: '--output=MODEL'")
                            .help("for example -o model.safetensors, or --dump blocks to see what is compiled")));
        }
        Path target = target(output);
        Path source = SourceReader.path(file);
        Program program = Program.open(console, source, compileOptions);
        ReadyModel subject = new ProgramSubjects(console, source, program).whole();
        CompiledModel model = subject.model();
        Optional<UndefinedInputs> undefined = UndefinedAnswer.find(subject);
        Checked.warned(console, warnings.told(subject, undefined));
        ImmutableList<Path> written = Checked.value(
                console,
                Progress.during(console, "writing " + target, () -> ModelStore.save(model, target, Dtype.F64)));
        if (json()) {
            JsonObject json = CompileJson.of(subject, Lists.transform(written, Path::toString));
            json.add("program_fails_on", UndefinedAnswer.json(undefined));
            Report.json(console, json);
        } else {
            ProgramSource stored = model.program().orElseThrow();
            console.out()
                    .print(stored.sop() + " for inputs of up to " + stored.maxLength() + " of the tokens "
                            + AnswerText.values(stored.vocabulary()) + "\n"
                            + SizeTable.of(subject.program().orElseThrow(), model)
                                    .text() + "\n"
                            + CertificateText.of(model, false, undefined.isEmpty()) + "\n");
            written.forEach(path -> console.out().print("wrote " + path + "\n"));
        }
        return ExitCode.OK;
    }

    private int dump(Console console, DumpedForm form, CompileOptions compileOptions) {
        Program program = Program.open(console, SourceReader.path(file), compileOptions);
        String text = Checked.value(console, form.text(program));
        if (json()) {
            var json = new JsonObject();
            json.addProperty("form", form.word());
            json.addProperty("optimization", compileOptions.level().number());
            json.addProperty("text", text);
            Report.json(console, json);
        } else {
            console.out().print(text);
        }
        return ExitCode.OK;
    }

    /** The ending keeps a model from being written over a program, and lets the other verbs recognise it. */
    private static Path target(String output) {
        Path path = SourceReader.path(output);
        if (!ModelSubjects.isModel(path)) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                            CliCode.UNWRITABLE, "'" + output + "' is no name for a model: it must end in .safetensors")
                    .help("for example -o model.safetensors")));
        }
        return path;
    }
}
