package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtVerbTest {
    @TempDir
    Path folder = Path.of("");

    private Path untidy = Path.of("");
    private Path neat = Path.of("");

    @BeforeEach
    void write() throws IOException {
        untidy = Files.writeString(folder.resolve("untidy.rasp"), "y=tokens;  # as given\n\n\n\nz   =  indices ;");
        neat = folder.resolve("neat.rasp");
        Files.writeString(neat, CommandRun.of("fmt", untidy.toString()).out());
    }

    @Test
    void printsTheCanonicalStyle() throws IOException {
        assertThat(Files.readString(neat)).contains("y = tokens;", "# as given", "z = indices;\n");
        assertThat(CommandRun.of("fmt", neat.toString()).out()).isEqualTo(Files.readString(neat));
    }

    @Test
    void checksWithoutTouching() throws IOException {
        String before = Files.readString(untidy);
        CommandRun run = CommandRun.of("fmt", "--check", untidy.toString(), neat.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).isEqualTo("would change " + untidy + "\n");
        assertThat(Files.readString(untidy)).isEqualTo(before);
        assertThat(CommandRun.of("fmt", "--check", neat.toString()).exit()).isEqualTo(ExitCode.OK);
    }

    @Test
    void rewritesInPlace() throws IOException {
        CommandRun run = CommandRun.of("fmt", "--write", untidy.toString(), neat.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEqualTo("rewrote " + untidy + "\n");
        assertThat(Files.readString(untidy)).isEqualTo(Files.readString(neat));
    }

    @Test
    void refusesWhatDoesNotParse() throws IOException {
        Files.writeString(untidy, "y = ;");
        CommandRun run = CommandRun.of("fmt", "--write", untidy.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.err()).contains("untidy.rasp:1:5");
        assertThat(Files.readString(untidy)).isEqualTo("y = ;");
        assertThat(CommandRun.of("fmt", "-w", "--check", neat.toString()).exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("fmt", neat.toString(), neat.toString()).exit())
                .isEqualTo(ExitCode.USAGE);
    }
}
