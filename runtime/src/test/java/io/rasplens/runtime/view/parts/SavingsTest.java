package io.rasplens.runtime.view.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.FileLoader;
import io.rasplens.compiler.lower.Stages;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.Technique;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.view.parts.Savings.SavingsRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SavingsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    /** Those that the direct layout takes too. */
    static Stream<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files
                    .filter(f -> f.toString().endsWith(".rasp"))
                    .sorted()
                    .filter(f -> model(f, Level.DIRECT) instanceof Result.Success)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void rowsAddUpToTheWholeDifference(Path file) {
        CompiledModel optimized = model(file, Level.SMALLEST).orThrow();
        CompiledModel direct = model(file, Level.DIRECT).orThrow();
        Savings savings = Savings.of(direct, optimized);

        assertThat(savings.rows().stream().mapToInt(SavingsRow::heads).sum())
                .isEqualTo(count(direct, LayerCounts::heads) - count(optimized, LayerCounts::heads));
        assertThat(savings.rows().stream().mapToInt(SavingsRow::units).sum())
                .isEqualTo(count(direct, LayerCounts::units) - count(optimized, LayerCounts::units));
        assertThat(savings.rows()).allSatisfy(row -> assertThat(row.sops()).isNotEmpty());
    }

    @Test
    void tellsHowReverseBecameSmall() {
        Path file = EXAMPLES.resolve("reverse.rasp");
        Savings savings = Savings.of(
                model(file, Level.DIRECT).orThrow(), model(file, Level.SMALLEST).orThrow());

        assertThat(savings.rows())
                .containsExactly(
                        new SavingsRow(
                                Optional.of(Technique.READ),
                                0,
                                40,
                                ImmutableList.of("length - indices", "length - indices - 1")),
                        new SavingsRow(
                                Optional.of(Technique.LAST_POSITION),
                                0,
                                12,
                                ImmutableList.of("selector_width(full_s)")));
        assertThat(savings.text()).startsWith("saved against -O0").contains("      0    40  functions read straight");
    }

    @Test
    void whatIsMadeOtherwiseGoesToItsOwnTechnique() {
        Savings savings = savings("""
                #@ vocab ["a", "b", "c"]
                #@ max_length 4
                a = selector_width(select(tokens, "a", ==));
                n = selector_width(select(tokens, tokens, ==));
                y = max(n, a);
                """);

        assertThat(savings.rows())
                .extracting(row -> row.technique().orElseThrow())
                .contains(Technique.COUNT, Technique.HINGE);
        assertThat(savings.rows())
                .filteredOn(row -> row.technique().equals(Optional.of(Technique.COUNT)))
                .allSatisfy(row -> assertThat(row.units()).isPositive());
    }

    @Test
    void whereAModelTellsNoTechniqueTheRowSaysSo() {
        CompiledModel direct =
                model(EXAMPLES.resolve("reverse.rasp"), Level.DIRECT).orThrow();
        CompiledModel smallest =
                model(EXAMPLES.resolve("reverse.rasp"), Level.SMALLEST).orThrow();

        assertThat(Savings.of(smallest, direct).rows())
                .anySatisfy(row -> assertThat(row.words()).isEqualTo("parts that tell no construction"))
                .allSatisfy(row -> assertThat(row.units()).isNotPositive());
    }

    private static Savings savings(String text) {
        SourceFile source = SourceFile.of("test.rasp", text);
        return Savings.of(
                model(source, Level.DIRECT).orThrow(),
                model(source, Level.SMALLEST).orThrow());
    }

    private static int count(CompiledModel model, ToIntFunction<ModelParts.LayerParts> part) {
        return ModelParts.of(model).layers().stream().mapToInt(part).sum();
    }

    /** What a layer has of each. */
    private static final class LayerCounts {
        static int heads(ModelParts.LayerParts layer) {
            return layer.heads().size();
        }

        static int units(ModelParts.LayerParts layer) {
            return layer.groups().stream().mapToInt(g -> g.units().size()).sum();
        }
    }

    private static Result<CompiledModel> model(Path file, Level level) {
        try {
            return model(SourceFile.of(file), level);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result<CompiledModel> model(SourceFile source, Level level) {
        CompileOptions options = CompileOptions.DEFAULT.level(level);
        return RaspCompiler.elaborate(source, new FileLoader(EXAMPLES))
                .then(e -> RaspCompiler.elaborateTarget(e, options))
                .then(target -> RaspCompiler.stages(target, options).then(Stages::model));
    }
}
