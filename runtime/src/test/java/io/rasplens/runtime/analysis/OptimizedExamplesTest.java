package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example, compiled at -O1, agrees with the interpreter. */
class OptimizedExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @TestFactory
    List<DynamicTest> examples() throws java.io.IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(f -> f.toString().endsWith(".rasp"))
                    .sorted()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)))
                    .toList();
        }
    }

    private static void check(Path file) throws java.io.IOException {
        SourceFile source = SourceFile.of(file);
        CompiledModel model =
                RaspCompiler.compile(source, CompileOptions.DEFAULT).orThrow();
        CompileTarget target = target(source);
        Verification result = Verifier.verify(
                HookedTransformer.load(model),
                target.program(),
                VerifyOptions.of(target.vocabulary(), target.maxLength())
                        .budget(2000)
                        .seed(1));
        assertThat(result.mismatches()).isEmpty();
        assertThat(result.checked()).isPositive();
    }

    /** Far beyond the lengths at which softened attention or one slope for all thresholds goes wrong. */
    @ParameterizedTest
    @CsvSource({"reverse, 160", "hist, 200", "sort, 64", "shift, 100", "most_freq, 24", "double_hist, 48"})
    void longInputs(String example, int length) throws java.io.IOException {
        SourceFile source = SourceFile.of(EXAMPLES.resolve(example + ".rasp"));
        CompileOptions options = CompileOptions.DEFAULT.maxLength(length);
        CompileTarget target = RaspCompiler.elaborate(source, new FileLoader(EXAMPLES))
                .then(e -> RaspCompiler.elaborateTarget(e, options))
                .orThrow();
        HookedTransformer model = HookedTransformer.load(
                RaspCompiler.stages(target, options).then(Stages::model).orThrow());
        Verification result = Verifier.verify(
                model,
                target.program(),
                VerifyOptions.of(target.vocabulary(), length).budget(12).seed(7));
        assertThat(result.mismatches()).isEmpty();
        assertThat(result.checked()).isPositive();
    }

    private static CompileTarget target(SourceFile source) {
        return RaspCompiler.elaborate(source, new FileLoader(EXAMPLES))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT))
                .orThrow();
    }
}
