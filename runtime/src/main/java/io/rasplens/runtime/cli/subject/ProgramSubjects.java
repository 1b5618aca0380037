package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.Timings;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program, compiled for what is asked of it. Inputs that need the same vocabulary and length share a model; a handful of models
 * is kept, so that a stream of inputs is answered at the pace of the forward pass.
 */
public final class ProgramSubjects implements Subjects {
    private static final int MOST_KEPT = 16;

    private final Console console;
    private final Path path;
    private final Program program;
    private final Map<CompileOptions, ReadyModel> compiled = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CompileOptions, ReadyModel> eldest) {
            return size() > MOST_KEPT;
        }
    };

    public ProgramSubjects(Console console, Path path, Program program) {
        this.console = console;
        this.path = path;
        this.program = program;
    }

    @Override
    public ReadyModel forInputs(List<ImmutableList<Value>> inputs) {
        return subject(program.optionsFor(inputs));
    }

    @Override
    public ReadyModel whole() {
        return subject(program.options());
    }

    @Override
    public ImmutableList<Value> input(Optional<ImmutableList<Value>> given) {
        return program.input(given);
    }

    @Override
    public Optional<Certificate> certificate() {
        return whole().model().certificate();
    }

    @Override
    public boolean isFromFile() {
        return false;
    }

    @Override
    public String name() {
        return path.toString();
    }

    public Program program() {
        return program;
    }

    /** The same for all threads that ask for it: one compiles, the others wait. */
    private synchronized ReadyModel subject(CompileOptions options) {
        ReadyModel known = compiled.get(options);
        if (known != null) {
            return known;
        }
        CompileTarget target = Checked.value(console, RaspCompiler.elaborateTarget(program.elaboration(), options));
        Result<CompiledModel> made = program.timings()
                .measure(
                        Timings.COMPILE,
                        () -> Progress.during(
                                console,
                                "compiling " + target.program().name() + " for inputs of up to " + target.maxLength(),
                                () -> RaspCompiler.compileTarget(program.elaboration(), target, options)));
        CompiledModel model = Checked.value(console, made);
        ReadyModel subject = ReadyModel.of(
                model, Optional.of(target.program()), model.program().map(ProgramSource::level), program.timings());
        compiled.put(options, subject);
        return subject;
    }
}
