package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawVerbTest {
    @TempDir
    Path folder = Path.of("");

    private String program = "";

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("reverse.rasp");
        Files.writeString(file, """
                flip = select(indices, length - indices - 1, ==);
                reverse = aggregate(flip, tokens);
                #@ example "abc"
                """);
        program = file.toString();
    }

    @Test
    void writesAnSvg() throws IOException {
        Path target = folder.resolve("out.svg");
        CommandRun run = CommandRun.of("draw", program, "-o", target.toString(), "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(target)).contains("<svg", "reverse", "flip");
        assertThat(run.json().get("sop").getAsString()).isEqualTo("reverse");
        assertThat(run.json().get("file").getAsString()).isEqualTo(target.toString());
    }

    @Test
    void writesADotGraph() throws IOException {
        Path target = folder.resolve("out.dot");
        CommandRun run = CommandRun.of("draw", program, "--input", "ab", "-o", target.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("drew reverse on ['a', 'b']");
        assertThat(Files.readString(target)).startsWith("digraph");
    }

    @Test
    void drawsOnStandardOutput() {
        CommandRun run = CommandRun.of("draw", program, "-o", "-");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("<svg").contains("</svg>");
    }

    @Test
    void leavesNoFileBehindWhenThereIsNoPicture() throws IOException {
        Path target = folder.resolve("out.svg");
        CommandRun run = CommandRun.of("draw", program, "--input", "a".repeat(500), "-o", target.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.err()).contains("error[E1001]");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(Path.of(program));
        }
    }

    @Test
    void refusesWhatItCannotWrite() {
        CommandRun missing = CommandRun.of(
                "draw", program, "-o", folder.resolve("no/where.svg").toString());
        assertThat(missing.exit()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(missing.err()).contains("can't be written");
        CommandRun png = CommandRun.of("draw", program, "-o", "picture.png");
        assertThat(png.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(png.err()).contains(".svg", ".dot");
    }
}
