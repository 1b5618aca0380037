package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Edits of the residual stream as large as the certificate allows change no answer: random ones, and ones along what any head or hidden
 * unit reads, at every hook point at once. And the certificate is of use: edits not much larger do change an answer.
 */
class ToleranceTest {
    /** Edits so much larger than certified do change an answer. */
    private static final double USEFUL = 100;

    static List<String> examples() throws IOException {
        return ExamplesTest.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void editsWithinTheToleranceChangeNoAnswer(String file) throws IOException {
        CompiledModel model = RaspCompiler.compile(SourceFile.of(Path.of(file)), CompileOptions.DEFAULT)
                .orThrow();
        Certificate certificate = model.certificate().orElseThrow();
        StreamEdits edits = StreamEdits.of(model);

        assertThat(certificate.tolerance()).isPositive();
        assertThat(edits.changes(certificate.tolerance(), certificate.movement()))
                .as("answers changed by edits of %s", certificate.tolerance())
                .isZero();
        if (certificate.movement() == 0) {
            double large = USEFUL * certificate.tolerance();
            assertThat(large >= 1 || edits.changesSome(large))
                    .as("some edit of %s changes an answer", large)
                    .isTrue();
        }
    }
}
