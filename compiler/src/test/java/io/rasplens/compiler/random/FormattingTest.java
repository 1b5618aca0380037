package io.rasplens.compiler.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.SourceLoader;
import io.rasplens.compiler.program.GraphPrinter;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.parse.Formatter;
import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A formatted program builds the graph that it built before, node by node and name by name. */
class FormattingTest {
    private static final int PROGRAMS = 60;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
            return files.filter(file -> file.toString().endsWith(".rasp"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreFormatted(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(format(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesWithoutAnyLayoutKeepTheirMeaning(Path file) throws IOException {
        String text = Files.readString(file);
        String scruffy = scruffy(text);
        assertThat(format(scruffy)).isNotEqualTo(scruffy);
        assertThat(graph(scruffy)).isEqualTo(graph(text));
        assertThat(graph(format(scruffy))).isEqualTo(graph(text));
    }

    @Test
    void randomProgramsKeepTheirMeaning() {
        for (Subset subset : Subset.values()) {
            for (int seed = 0; seed < PROGRAMS; seed++) {
                String text = ProgramGenerator.generate(subset, seed).source();
                String once = format(text);
                assertThat(graph(once)).as(text).isEqualTo(graph(text));
                assertThat(format(once)).as(text).isEqualTo(once);
            }
        }
    }

    /** All statements between two comments on one line. */
    private static String scruffy(String text) {
        var out = new StringBuilder();
        text.lines().forEach(line -> out.append(line.contains("#") ? "\n" + line + "\n" : line.strip() + " "));
        return out.toString();
    }

    private static String format(String text) {
        return Formatter.format(SourceFile.of("test.rasp", text)).orThrow();
    }

    private static String graph(String text) {
        RaspProgram program = RaspCompiler.elaborate(SourceFile.of("test.rasp", text), SourceLoader.none())
                .then(elaboration -> RaspCompiler.chooseProgram(elaboration, CompileOptions.DEFAULT))
                .orThrow();
        return GraphPrinter.print(program, ImmutableList.copyOf(program.graph().nodes()));
    }
}
