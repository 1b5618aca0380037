package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code FILE|MODEL} gives: a model for each input it is to run on. */
public interface Subjects {

    /** A model that takes these inputs as far as the flags and the file allow. */
    ReadyModel forInputs(List<ImmutableList<Value>> inputs);

    /** The same for one input. */
    default ReadyModel forInput(ImmutableList<Value> input) {
        return forInputs(ImmutableList.of(input));
    }

    /** The same, where the input is to be run: one that the model does not take is refused in the command line's own words. */
    default ReadyModel fitting(List<ImmutableList<Value>> inputs) {
        ReadyModel model = forInputs(inputs);
        inputs.forEach(input -> FitInputs.check(model.model(), input, "--input"));
        return model;
    }

    /** The same for two inputs, each with the option that it was given by. */
    default ReadyModel fitting(ImmutableList<Value> input, String other, ImmutableList<Value> second) {
        ReadyModel model = forInputs(ImmutableList.of(input, second));
        FitInputs.check(model.model(), input, "--input");
        FitInputs.check(model.model(), second, other);
        return model;
    }

    /** The model as the flags and the file alone determine it. */
    ReadyModel whole();

    /** The input given, else the program's example. */
    ImmutableList<Value> input(Optional<ImmutableList<Value>> given);

    /**
     * What the compiler promises of the whole model, worked out here and now; a file's own word does not count. Empty where the
     * weights are not what a program compiles to.
     */
    Optional<Certificate> certificate();

    /** Whether the model was read from a file, and with it what is said of it. */
    boolean isFromFile();

    /** The name to show. */
    String name();

    static Subjects open(Console console, SubjectOptions options) {
        Path path = SourceReader.path(options.file());
        SourceReader.checkReadable(path);
        if (ModelSubjects.isModel(path)) {
            return ModelSubjects.open(console, path, options);
        }
        if (options.config().isPresent() || options.codec().isPresent()) {
            throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                            CliCode.CONFLICTING_OPTIONS, "--config and --codec belong to a model, not to a program")
                    .help("leave them out: a program brings its own")));
        }
        return new ProgramSubjects(
                console, path, Program.open(console, path, options.program().compileOptions()));
    }
}
