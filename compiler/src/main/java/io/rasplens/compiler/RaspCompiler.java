package io.rasplens.compiler;

import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.Elaborator;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.elaborate.SourceLoader;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.readout.CompleteReadouts;
import io.rasplens.compiler.readout.DescribeSops;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.platform.WorkLimits;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.nio.file.Path;

/**
 * Source text to compiled model: parse, elaborate, choose the s-op, choose the inputs, lower, and attach the program.
 *
 * <pre>{@code
 * CompiledModel model = RaspCompiler.compile(
 *                 SourceFile.of(Path.of("reverse.rasp")),
 *                 CompileOptions.forVocabulary("a", "b", "c").maxLength(5))
 *         .orThrow();
 * }</pre>
 */
public final class RaspCompiler {
    private RaspCompiler() {}

    /** Compiles a file; what it loads is looked for beside it, then in the working directory. */
    public static Result<CompiledModel> compile(SourceFile source, CompileOptions options) {
        return compile(source, options, new FileLoader(Path.of("")));
    }

    /** Compiles a text with loads from anywhere. */
    public static Result<CompiledModel> compile(SourceFile source, CompileOptions options, SourceLoader loader) {
        return elaborate(source, loader)
                .then(elaboration -> elaborateTarget(elaboration, options)
                        .then(target -> compileTarget(elaboration, target, options)));
    }

    /** The same within limits of time and memory, for programs of strangers. */
    public static Result<CompiledModel> compile(
            SourceFile source, CompileOptions options, SourceLoader loader, WorkLimits limits) {
        var start = new Span(source, 0, 0);
        return DeepStack.run(
                limits,
                () -> compile(source, options, loader),
                error -> Diagnostic.error(
                        CompileCode.MODEL_TOO_LARGE, "the program needs more room than there is", start),
                () -> Diagnostic.error(
                                CompileCode.OUT_OF_TIME,
                                "compiling takes longer than the " + limits.millis() + " ms that it was given",
                                start)
                        .help("a shorter max_length or a smaller vocab makes less work"));
    }

    /** What a file means, all its statements run. */
    public static Result<Elaboration> elaborate(SourceFile source, SourceLoader loader) {
        return RaspParser.parse(source).then(script -> Elaborator.elaborate(script, loader));
    }

    /** The s-op that the options choose, without anything about inputs: enough for the interpreter. */
    public static Result<RaspProgram> chooseProgram(Elaboration elaboration, CompileOptions options) {
        return TargetChoice.program(elaboration, options);
    }

    /** The s-op and the inputs it is compiled for. */
    public static Result<CompileTarget> elaborateTarget(Elaboration elaboration, CompileOptions options) {
        return TargetChoice.target(elaboration, options);
    }

    /** The model of a target of an elaborated file, with its program. */
    public static Result<CompiledModel> compileTarget(
            Elaboration elaboration, CompileTarget target, CompileOptions options) {
        return stages(target, options)
                .then(Stages::model)
                .then(model -> Result.success(withProgram(model, elaboration, target, options)));
    }

    /**
     * Every form that a target takes on its way to a model, the model without its program last. For the tools of this project: the forms
     * are nothing that an embedding sees.
     */
    @SuppressWarnings("exports")
    public static Result<Stages> stages(CompileTarget target, CompileOptions options) {
        return ExplainFailure.explained(Lowerings.forLevel(options.level()).stages(target), target);
    }

    private static CompiledModel withProgram(
            CompiledModel model, Elaboration elaboration, CompileTarget target, CompileOptions options) {
        var program = new ProgramSource(
                elaboration.source().name(),
                elaboration.source().text(),
                elaboration.loads(),
                target.program().name(),
                target.vocabulary(),
                target.maxLength(),
                target.program().causal(),
                options.level(),
                options.keep().map(CompileOptions.Keep::names));
        return model.withProgram(program)
                .describedLater(whole -> DescribeSops.described(
                        whole.withReadouts(CompleteReadouts.complete(whole, target)), target.program()));
    }
}
