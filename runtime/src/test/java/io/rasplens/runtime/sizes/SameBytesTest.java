package io.rasplens.runtime.sizes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same source and options give the same file, byte for byte, in every Java machine. */
class SameBytesTest {
    @TempDir
    Path here = Path.of("");

    @TempDir
    Path there = Path.of("");

    @Test
    void twoMachinesWriteTheSameFiles() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HashExamples.class.getName(),
                        there.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String own = HashExamples.hashes(here);
        String its = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        assertThat(its).isEqualTo(own).contains("reverse.rasp ");
    }
}
