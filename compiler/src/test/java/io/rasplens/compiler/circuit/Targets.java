package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.random.ProgramGenerator;
import io.rasplens.compiler.random.Subset;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs to try things on: the examples, and random ones. */
public final class Targets {
    public static final Path EXAMPLES = Path.of("..", "examples");

    private Targets() {}

    public static List<Path> exampleFiles() {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(f -> f.toString().endsWith(".rasp")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The examples, and the programs, exercises, solutions and mistakes of the lessons. */
    public static List<Path> corpusFiles() {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(f -> f.toString().endsWith(".rasp")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the corpus; a failure where it is an exercise that is not done. */
    public static Result<CompileTarget> ofFile(Path file, CompileOptions options) {
        try {
            return RaspCompiler.elaborate(SourceFile.of(file), new FileLoader(EXAMPLES))
                    .then(e -> RaspCompiler.elaborateTarget(e, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static CompileTarget example(Path file, CompileOptions options) {
        return ofFile(file, options).orThrow();
    }

    public static CompileTarget source(String text) {
        return ofText(text).orThrow();
    }

    /** A program of the whole language; a failure where it is no program. */
    public static Result<CompileTarget> random(long seed) {
        return random(Subset.ALL, seed);
    }

    /** A program of a part of the language; a failure where it is no program. */
    public static Result<CompileTarget> random(Subset subset, long seed) {
        return ofText(ProgramGenerator.generate(subset, seed).source());
    }

    private static Result<CompileTarget> ofText(String text) {
        return RaspCompiler.elaborate(SourceFile.of("test.rasp", text), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT));
    }
}
