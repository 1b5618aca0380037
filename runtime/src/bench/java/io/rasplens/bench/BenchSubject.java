package io.rasplens.bench;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A program with the inputs it is compiled for. Its name, as benchmarks take it for a parameter, is {@code example V N}, or
 * {@code example} alone for the file's own vocabulary and length, or {@code generated} or {@code chain}.
 */
public record BenchSubject(SourceFile source, CompileOptions options) {
    private static final Path EXAMPLES = Path.of("..", "examples");

    public static BenchSubject of(String name) {
        if (name.equals("generated")) {
            return new BenchSubject(GeneratedProgram.source(), CompileOptions.DEFAULT);
        }
        if (name.equals("chain")) {
            return new BenchSubject(GeneratedProgram.chain(), CompileOptions.DEFAULT);
        }
        String[] parts = name.split(" ", -1);
        return new BenchSubject(
                read(EXAMPLES.resolve(parts[0] + ".rasp")),
                parts.length == 1
                        ? CompileOptions.DEFAULT
                        : CompileOptions.DEFAULT
                                .vocabulary(numbers(Integer.parseInt(parts[1])))
                                .maxLength(Integer.parseInt(parts[2])));
    }

    public CompiledModel compile() {
        return RaspCompiler.compile(source, options).orThrow();
    }

    CompileTarget target() {
        return RaspCompiler.elaborate(source, new FileLoader(EXAMPLES))
                .then(elaboration -> RaspCompiler.elaborateTarget(elaboration, options))
                .orThrow();
    }

    /** The longest input there is, its tokens in no order that a program would be made for. */
    static ImmutableList<Value> longestInput(CompileTarget target) {
        int tokens = target.vocabulary().size();
        return IntStream.range(0, target.maxLength())
                .mapToObj(i -> target.vocabulary().get((i * 7 + i * i / 3) % tokens))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Value> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    private static SourceFile read(Path file) {
        try {
            return SourceFile.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
