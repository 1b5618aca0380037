package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds of the same sources give the same jar, byte for byte: nothing in it tells when, where or by whom it was built. */
class JarTest {
    private static final Path JAR = Path.of("..", "runtime", "target", "rasp.jar");

    /** {@code project.build.outputTimestamp}, as the jar shows it in whatever time zone. */
    private static final LocalDateTime STAMP = LocalDateTime.of(2026, 1, 1, 0, 0);

    @BeforeEach
    void theJarIsBuilt() {
        assumeTrue(Files.exists(JAR), "the jar is there from the phase package on");
    }

    @Test
    void whatWeBuildBearsTheFixedDate() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            List<ZipEntry> ours = ours(jar);
            assertThat(ours)
                    .hasSizeGreaterThan(300)
                    .allSatisfy(entry ->
                            assertThat(entry.getTimeLocal()).as(entry.getName()).isEqualTo(STAMP));
        }
    }

    @Test
    void theClassesStandInAStableOrder() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            for (String module : List.of("io/rasplens/grammar/", "io/rasplens/compiler/", "io/rasplens/runtime/")) {
                List<String> classes = Collections.list(jar.entries()).stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(module) && name.endsWith(".class"))
                        .toList();
                assertThat(classes).as(module).hasSizeGreaterThan(20).isSorted();
            }
        }
    }

    @Test
    void theManifestSaysNothingOfTheBuild() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder(
                            "Manifest-Version",
                            "Automatic-Module-Name",
                            "Created-By",
                            "Build-Jdk-Spec",
                            "Main-Class",
                            "Enable-Native-Access",
                            "Implementation-Title",
                            "Implementation-Version");
        }
    }

    @Test
    void nothingOfOursNamesTheFolderItWasBuiltIn() throws IOException {
        String folder = Path.of("..").toRealPath().toString();
        try (var jar = new JarFile(JAR.toFile())) {
            for (ZipEntry entry : ours(jar)) {
                String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(content.contains(folder)).as(entry.getName()).isFalse();
            }
        }
    }

    private static List<ZipEntry> ours(JarFile jar) {
        return Collections.list(jar.entries()).stream()
                .filter(entry -> entry.getName().startsWith("io/rasplens/")
                        || entry.getName().startsWith("META-INF/licenses/")
                        || entry.getName().equals(JarFile.MANIFEST_NAME))
                .<ZipEntry>map(entry -> entry)
                .toList();
    }

    /** The page is made after the classes are tested, and stands in the jar: one file that asks for nothing else. */
    @Test
    void theJarWritesThePage(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.html");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "view",
                        "reverse.rasp",
                        "-o",
                        page.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        String text = Files.readString(page);
        assertThat(text).startsWith("<!").contains("rasplens").doesNotContain("src=\"http", "href=\"http");
        assertThat(text.length()).isBetween(500_000, 3_000_000);
    }
}
