package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
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
        System.out.println(file.getFileName() + " L" + model.config().nLayers() + " H"
                + model.config().nHeads() + " D" + model.config().dModel() + " K"
                + model.config().dHead() + " M" + model.config().dMlp() + " checked " + result.checked() + " bad "
                + result.mismatchCount() + " err " + result.maxError() + " failing " + result.programErrors());
        assertThat(result.mismatches()).isEmpty();
        assertThat(result.checked()).isPositive();
    }

    private static CompileTarget target(SourceFile source) {
        return RaspCompiler.elaborate(source, new io.rasplens.compiler.elaborate.FileLoader(EXAMPLES))
                .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT))
                .orThrow();
    }
}
