package io.rasplens.runtime.web;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.Elaborator;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.FitOptions;
import io.rasplens.runtime.answer.ReadyModel;
import io.rasplens.runtime.answer.Timings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that the page works on, and the models that it was compiled to: the last few, so that a change of a token is quick. */
final class OpenProgram {
    private static final int MOST_MODELS = 6;

    private final Elaboration elaboration;
    private final ImmutableList<Diagnostic> warnings;
    private final Timings timings;
    private final Map<CompileOptions, ReadyModel> models = new LinkedHashMap<>();

    private OpenProgram(Elaboration elaboration, ImmutableList<Diagnostic> warnings, Timings timings) {
        this.elaboration = elaboration;
        this.warnings = warnings;
        this.timings = timings;
    }

    /** Reads a text. A page has no files: what it loads has to be at hand. */
    static Result<OpenProgram> open(String text, ImmutableMap<String, String> loads) {
        var timings = new Timings();
        SourceFile source = SourceFile.of("program.rasp", text);
        Result<Script> parsed = timings.measure(Timings.PARSE, () -> RaspParser.parse(source));
        Result<Elaboration> meant = parsed.then(script ->
                timings.measure(Timings.ELABORATE, () -> Elaborator.elaborate(script, new MemoryLoader(loads))));
        return meant instanceof Result.Success<Elaboration> success
                ? Result.success(new OpenProgram(success.value(), meant.diagnostics(), timings), meant.diagnostics())
                : Result.failure(meant.diagnostics());
    }

    Elaboration elaboration() {
        return elaboration;
    }

    ImmutableList<Diagnostic> warnings() {
        return warnings;
    }

    /** The model for some inputs; what neither the options nor the file say of inputs is taken from them. */
    ReadyModel model(CompileOptions options, List<ImmutableList<Value>> inputs) {
        CompileOptions complete = FitOptions.to(inputs, elaboration, options);
        ReadyModel known = models.remove(complete);
        if (known == null) {
            CompileTarget target =
                    RaspCompiler.elaborateTarget(elaboration, complete).orThrow();
            CompiledModel model = timings.measure(
                    Timings.COMPILE,
                    () -> RaspCompiler.compileTarget(elaboration, target, complete)
                            .orThrow());
            known = ReadyModel.of(
                    model, Optional.of(target.program()), model.program().map(ProgramSource::level), timings);
        }
        models.put(complete, known);
        if (models.size() > MOST_MODELS) {
            models.remove(models.keySet().iterator().next());
        }
        return known;
    }

    Optional<ImmutableList<Value>> example() {
        return elaboration.example();
    }
}
