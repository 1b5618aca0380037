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

    @Test
    void aSelectorIsDrawnToo() throws IOException {
        Path program = Files.writeString(folder.resolve("turn.rasp"), TURN);
        Path file = folder.resolve("there.svg");
        CommandRun run = CommandRun.of("draw", program.toString(), "--sop", "there", "-o", file.toString());
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).startsWith("drew there on ['a', 'b', 'c']");
        assertThat(Files.readString(file))
                .contains("select(indices, back, ==)", "layer 1")
                .doesNotContain("aggregate(");
    }

    @Test
    void aPictureForEachLayer() throws IOException {
        Path program = Files.writeString(folder.resolve("turn.rasp"), TURN);
        CommandRun run = CommandRun.of(
                "draw",
                program.toString(),
                "--by-layer",
                "-o",
                folder.resolve("turn.svg").toString(),
                "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.json().getAsJsonArray("files")).hasSize(2);
        String first = Files.readString(folder.resolve("turn.layer-0.svg"));
        assertThat(first).contains("layer 0 alone", "length").doesNotContain("turned</text>", "layer 1<");
        String second = Files.readString(folder.resolve("turn.layer-1.svg"));
        assertThat(second)
                .contains("layer 1 alone", ">turned</text>", ">back</text>")
                .doesNotContain(">full_s<");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedFirst() {
        assertThat(CommandRun.of("draw", "none.rasp", "--by-layer", "-o", "-").err())
                .contains("E1106");
        assertThat(CommandRun.of("draw", "none.rasp", "--left-to-right", "-o", "a.dot")
                        .err())
                .contains("E1106");
    }

    private static final String TURN = """
            back = length - indices - 1;
            there = select(indices, back, ==);
            turned = aggregate(there, tokens);
            #@ example "abc"
            """;
}
