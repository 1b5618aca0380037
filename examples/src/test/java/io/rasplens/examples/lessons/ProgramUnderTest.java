package io.rasplens.examples.lessons;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Astray;
import io.rasplens.runtime.analysis.FindAstray;
import io.rasplens.runtime.analysis.RunTests;
import io.rasplens.runtime.analysis.TestOutcome;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.nio.file.Path;
import java.util.Optional;

/** A program's text, its meaning, and what its tests say of both sides. */
record ProgramUnderTest(Elaboration elaboration) {

    static Result<ProgramUnderTest> of(String name, String text) {
        return RaspCompiler.elaborate(SourceFile.of(name, text), new FileLoader(Path.of("")))
                .then(elaboration -> Result.success(new ProgramUnderTest(elaboration)));
    }

    /** The s-op that the file chooses. */
    RaspProgram program() {
        return RaspCompiler.chooseProgram(elaboration, CompileOptions.DEFAULT).orThrow();
    }

    /** The model at the default level, for the vocabulary and length that the file declares. */
    CompiledModel model() {
        return RaspCompiler.elaborateTarget(elaboration, CompileOptions.DEFAULT)
                .then(target -> RaspCompiler.compileTarget(elaboration, target, CompileOptions.DEFAULT))
                .orThrow();
    }

    /** The file's own tests, on the interpreter and on the transformer. */
    ImmutableList<TestOutcome> outcomes() {
        HookedTransformer model = HookedTransformer.load(model());
        RaspProgram program = program();
        return new RunTests(input -> interpreted(program, input), input -> model).run(elaboration.directives());
    }

    /** The name of the first s-op or selector that differs from the reference's. */
    Optional<String> astray(ProgramUnderTest reference, ImmutableList<Value> input) {
        return new FindAstray(elaboration, reference.elaboration, program().causal())
                .on(input)
                .map(Astray::name);
    }

    private static Result<ImmutableList<Value>> interpreted(RaspProgram program, ImmutableList<Value> input) {
        try {
            return Result.success(Interpreter.evaluate(program.output(), input, program.causal()));
        } catch (EvaluationException e) {
            return Result.failure(Diagnostic.error(e.code(), e.message()));
        }
    }
}
