package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.Timings;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.store.ModelStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A compiled model from a file. It is what it is: the options that shape a compilation do not go with it. */
public final class ModelSubjects implements Subjects {
    private static final String EXTENSION = ".safetensors";

    /** The verbs that take a model in the place of a program. */
    static final String VERBS = "run, inspect, cache, patch, verify, view, interchange, circuit and ablate";

    private final Path path;
    private final ReadyModel subject;
    private final Optional<Program> program;

    private ModelSubjects(Path path, ReadyModel subject, Optional<Program> program) {
        this.path = path;
        this.subject = subject;
        this.program = program;
    }

    public static boolean isModel(Path path) {
        return path.toString().endsWith(EXTENSION);
    }

    public static ModelSubjects open(Console console, Path path, SubjectOptions options) {
        ImmutableList<String> useless = options.program().given();
        if (!useless.isEmpty()) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                            CliCode.CONFLICTING_OPTIONS,
                            String.join(" and ", useless) + " cannot change a model that is compiled already")
                    .help("leave it out, or compile the program again")));
        }
        CompiledModel model = Checked.value(console, ModelStore.load(path, options.config(), options.codec()));
        Optional<Program> program = model.program().map(source -> reopen(console, source));
        ReadyModel subject = ReadyModel.of(
                model,
                program.map(Program::chosen),
                model.program().map(ProgramSource::level),
                program.map(Program::timings).orElseGet(Timings::new));
        return new ModelSubjects(path, subject, program);
    }

    /** The stored program, elaborated as it was when the model was made. */
    private static Program reopen(Console console, ProgramSource stored) {
        CompileOptions plain = CompileOptions.DEFAULT
                .sop(stored.sop())
                .vocabulary(stored.vocabulary())
                .maxLength(stored.maxLength())
                .causal(stored.causal())
                .level(stored.level());
        CompileOptions options = stored.keep()
                .map(names -> plain.keep(new CompileOptions.Keep(names)))
                .orElse(plain);
        return Program.open(
                console, SourceFile.of(stored.fileName(), stored.text()), new MemoryLoader(stored.loads()), options);
    }

    @Override
    public ReadyModel forInputs(List<ImmutableList<Value>> inputs) {
        return subject;
    }

    @Override
    public ReadyModel whole() {
        return subject;
    }

    @Override
    public ImmutableList<Value> input(Optional<ImmutableList<Value>> given) {
        if (program.isPresent()) {
            return program.get().input(given);
        }
        return Inputs.nonEmpty(given.orElseThrow(() -> new DiagnosticException(
                ImmutableList.of(Diagnostic.error(CliCode.NO_INPUT, "there is no input to run on")
                        .help("give --input abc, or --input '[1, 2, 3]'")))));
    }

    @Override
    public Optional<Certificate> certificate() {
        return program.flatMap(p -> p.compiled() instanceof Result.Success<CompiledModel> again
                        ? Optional.of(again.value())
                        : Optional.empty())
                .filter(again -> again.weights().equals(subject.model().weights())
                        && again.config().equals(subject.model().config())
                        && again.encoder().equals(subject.model().encoder())
                        && again.decoder().equals(subject.model().decoder()))
                .flatMap(CompiledModel::certificate);
    }

    @Override
    public boolean isFromFile() {
        return true;
    }

    @Override
    public String name() {
        return path.toString();
    }
}
