package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar starts itself, and makes the archive of its classes on first use. */
class LauncherTest {
    private static final Path BUILT = Path.of("..", "runtime", "target", "rasp.jar");
    private static final String ANSWER = "[3, 2, 1]";

    @TempDir
    Path folder = Path.of("");

    private Path jar = BUILT;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        assumeTrue(Files.exists(BUILT), "the jar is there from the phase package on");
        jar = Files.createDirectory(folder.resolve("a folder")).resolve("rasp.jar");
        Files.copy(BUILT, jar, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void answersAtOnceAndFromTheArchive() throws Exception {
        String first = finish(start(jar));
        List<Path> archives = archives();

        assertThat(first).contains(ANSWER);
        assertThat(archives)
                .hasSize(1)
                .allSatisfy(archive -> assertThat(archive).isNotEmptyFile());
        assertThat(finish(start(jar))).isEqualTo(first);
        assertThat(archives()).isEqualTo(archives);
    }

    @Test
    void startsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("rasp"), Path.of("a folder", "rasp.jar"));

        assertThat(finish(start(link))).contains(ANSWER);
        assertThat(finish(start(jar))).contains(ANSWER);
        assertThat(archives()).hasSize(1);
    }

    @Test
    void severalFirstStartsAreInNobodysWay() throws Exception {
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(jar));
        }
        for (Process process : processes) {
            assertThat(finish(process)).contains(ANSWER);
        }

        assertThat(archives())
                .hasSize(1)
                .allSatisfy(archive -> assertThat(archive).isNotEmptyFile());
        try (var files = Files.list(folder.resolve("cache").resolve("rasplens"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void startsWithoutAnArchiveWhereNoneCanBeMade() throws Exception {
        Files.writeString(folder.resolve("cache"), "a file where the folder would be");

        assertThat(finish(start(jar))).contains(ANSWER);
    }

    @Test
    void startsWithABrokenArchive() throws Exception {
        finish(start(jar));
        Path archive = archives().get(0);
        Files.delete(archive);
        Files.writeString(archive, "no archive");

        assertThat(finish(start(jar))).contains(ANSWER);
    }

    @Test
    void isAnOrdinaryJarToo() throws Exception {
        try (var zip = new ZipFile(jar.toFile())) {
            assertThat(zip.size()).isGreaterThan(1000);
            assertThat(zip.getInputStream(zip.getEntry("META-INF/MANIFEST.MF")).readAllBytes())
                    .isNotEmpty();
        }
        assertThat(finish(run(java(), "-jar", jar.toString(), "run", "reverse.rasp")))
                .contains(ANSWER);
    }

    /** The exit code is the program's, and what it prints goes where it belongs. */
    @Test
    void passesOnArgumentsAndExitCode() throws Exception {
        Process process = run(jar.toString(), "run", "reverse.rasp", "--input", "[2, 4]");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(text).startsWith("error[E0801]");
    }

    private Process start(Path command) throws IOException {
        return run(command.toString(), "run", "reverse.rasp");
    }

    private Process run(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private static String finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<Path> archives() throws IOException {
        try (var files = Files.list(folder.resolve("cache").resolve("rasplens"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("start-"))
                    .toList();
        }
    }
}
