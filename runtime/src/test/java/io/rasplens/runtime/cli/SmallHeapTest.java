package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With 256 MB of heap, whatever does not fit is refused by name: no verb runs out of memory, or goes on for minutes. */
class SmallHeapTest {
    /** Of processor time, all threads together. */
    private static final int MOST_SECONDS = 60;

    @Test
    void hostileProgramsGetTheirDiagnostics(@TempDir Path folder) throws IOException, InterruptedException {
        check("small", HostilePrograms.small(), folder);
    }

    @Test
    @Tag("long")
    void moreHostileProgramsGetTheirDiagnostics(@TempDir Path folder) throws IOException, InterruptedException {
        check("large", HostilePrograms.large(), folder);
    }

    private static void check(String set, List<HostilePrograms.HostileCase> cases, Path folder)
            throws IOException, InterruptedException {
        Path printed = folder.resolve("printed.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostilePrograms.class.getName(),
                        set,
                        folder.toString())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        Map<String, List<String>> lines = HostilePrograms.parse(Files.readString(printed, StandardCharsets.UTF_8));
        var all = new SoftAssertions();
        for (HostilePrograms.HostileCase one : cases) {
            List<String> line = lines.getOrDefault(one.program(), List.of(one.program(), "", "0", "no answer"));
            String said = one.verb() + " " + String.join(" ", line);
            all.assertThat(line.get(1)).as(said).isEqualTo(one.code().isPresent() ? "1" : "0");
            one.code().ifPresent(code -> all.assertThat(line.get(3)).as(said).startsWith("error[" + code + "]"));
            all.assertThat(Integer.parseInt(line.get(2))).as(said).isLessThan(MOST_SECONDS);
        }
        all.assertAll();
    }
}
