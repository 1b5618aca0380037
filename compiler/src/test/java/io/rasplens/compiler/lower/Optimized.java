package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import java.util.List;

/** Compiles RASP text at -O1 and compares it with the interpreter. */
final class Optimized {
    private static final int MOST_INPUTS = 400;

    private Optimized() {}

    static CompileTarget target(String source, CompileOptions options) {
        return RaspCompiler.elaborate(SourceFile.of("test.rasp", source), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, options))
                .orThrow();
    }

    /** Compiles and agrees with the interpreter, on all inputs if there are not more than 400. */
    static CompiledModel agrees(String source, CompileOptions options) {
        CompileTarget target = target(source, options);
        return agrees(target, Differential.inputs(target, MOST_INPUTS, 3), source);
    }

    static CompiledModel agrees(
            CompileTarget target, List<List<io.rasplens.grammar.value.Value>> inputs, String source) {
        CompiledModel model =
                new OptimizedLowering(Level.SMALLEST).lower(target).orThrow();
        assertThat(inputs)
                .as("some input has an answer in %s", source)
                .anyMatch(input -> Differential.expected(target, input).isPresent());
        assertThat(Differential.firstMismatch(target, model, inputs)).as(source).isEmpty();
        return model;
    }

    /** As {@link #agrees(String, CompileOptions)} with what the text's directives say. */
    static CompiledModel agrees(String source) {
        return agrees(source, CompileOptions.DEFAULT);
    }

    static Diagnostic refused(String source) {
        Result<CompiledModel> result =
                new OptimizedLowering(Level.SMALLEST).lower(target(source, CompileOptions.DEFAULT));
        if (result instanceof Result.Failure<CompiledModel> failure) {
            return failure.diagnostics().get(0);
        }
        throw new AssertionError("compiled: " + source);
    }
}
