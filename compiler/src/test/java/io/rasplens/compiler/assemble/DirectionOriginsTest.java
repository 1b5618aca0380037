package io.rasplens.compiler.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectionOriginsTest {

    static Stream<Path> programs() {
        return Targets.exampleFiles().stream();
    }

    /** All but what is there before any program: the tokens, the positions, and the mark of BOS. */
    @ParameterizedTest
    @MethodSource("programs")
    void everyDimensionHasASource(Path file) {
        CompiledModel model = new OptimizedLowering(Level.SMALLEST)
                .lower(Targets.example(file, CompileOptions.DEFAULT))
                .orThrow();

        assertThat(model.provenance().dimensions()).hasSize(model.config().dModel());
        assertThat(model.provenance().dimensions())
                .filteredOn(origin -> !origin.sop().matches("bos|(tokens|indices|length)[#²0-9]*"))
                .allSatisfy(
                        origin -> assertThat(origin.source()).as(origin.sop()).isPresent());
    }

    @Test
    void valuesAndNumbersNameTheExpressionTheyStandFor() {
        CompiledModel model =
                new OptimizedLowering(Level.SMALLEST).lower(Targets.source("""
                        #@ vocab ["a", "b"]
                        #@ max_length 6
                        spot = 3 * indices + length;
                        flip = aggregate(select(indices, length - 1 - indices, ==), tokens);
                        out_of_place = spot if flip == "a" else 0;
                        """)).orThrow();

        assertThat(source(model, "flip")).contains("aggregate(select(indices, length - 1 - indices, ==), tokens)");
        assertThat(source(model, "out_of_place")).contains("spot if flip == \"a\" else 0");
    }

    private static Optional<String> source(CompiledModel model, String sop) {
        return model.provenance().dimensions().stream()
                .filter(origin -> origin.sop().equals(sop))
                .map(Origin::source)
                .flatMap(Optional::stream)
                .map(SourceRange::text)
                .findFirst();
    }
}
