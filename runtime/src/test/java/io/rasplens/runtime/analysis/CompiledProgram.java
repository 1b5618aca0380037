package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.elaborate.FindBinding;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program beside the transformer it compiles to. */
public record CompiledProgram(
        String name, Elaboration elaboration, CompileTarget target, HookedTransformer transformer) {
    private static final Path EXAMPLES = Path.of("..", "examples");

    public static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".rasp"))
                    .map(file -> file.substring(0, file.length() - 5))
                    .sorted()
                    .toList();
        }
    }

    public static CompiledProgram example(String name, int level) {
        return of(source(name), level).orThrow();
    }

    public static CompiledProgram example(String name, CompileOptions options) {
        return of(source(name), options).orThrow();
    }

    /** Empty where the options leave no layout for the example. */
    public static Optional<CompiledProgram> possible(String name, CompileOptions options) {
        return of(source(name), options) instanceof Result.Success<CompiledProgram> success
                ? Optional.of(success.value())
                : Optional.empty();
    }

    /** Empty where the level has no layout for the example. */
    public static Optional<CompiledProgram> possible(String name, int level) {
        return of(source(name), level) instanceof Result.Success<CompiledProgram> success
                ? Optional.of(success.value())
                : Optional.empty();
    }

    public static CompiledProgram text(String text, int level) {
        return of(SourceFile.of("test.rasp", text), level).orThrow();
    }

    private static SourceFile source(String name) {
        try {
            return SourceFile.of(EXAMPLES.resolve(name + ".rasp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result<CompiledProgram> of(SourceFile source, int level) {
        return of(source, CompileOptions.DEFAULT.level(Level.of(level).orElseThrow()));
    }

    private static Result<CompiledProgram> of(SourceFile source, CompileOptions options) {
        return RaspCompiler.elaborate(source, new FileLoader(EXAMPLES))
                .then(elaboration -> RaspCompiler.elaborateTarget(elaboration, options)
                        .then(target -> RaspCompiler.compileTarget(elaboration, target, options)
                                .then(model -> Result.success(new CompiledProgram(
                                        source.name(), elaboration, target, HookedTransformer.load(model))))));
    }

    public RaspProgram program() {
        return target.program();
    }

    public SOp sop(String binding) {
        return FindBinding.find(elaboration, binding).orThrow();
    }

    /** Some inputs, the same each time. */
    public List<ImmutableList<Value>> inputs(int count) {
        var inputs = ImmutableList.<ImmutableList<Value>>builder();
        new InputSpace(VerifyOptions.of(target.vocabulary(), target.maxLength())
                        .budget(count)
                        .seed(5))
                .forEach(inputs::add);
        return inputs.build();
    }
}
