package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
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

    /** Classes that Java would make while it starts stand in the jar instead, and all that stands there passes Java's verifier. */
    @Test
    void noClassIsLeftToBeMadeAtRunTime() throws Exception {
        try (var jar = new JarFile(JAR.toFile());
                var loader =
                        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            List<ZipEntry> classes = ours(jar).stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            for (ZipEntry entry : classes) {
                String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(entry.getName())
                        .doesNotContain("java/lang/invoke/LambdaMetafactory", "java/lang/runtime/ObjectMethods");
                String name = entry.getName().replace(".class", "").replace('/', '.');
                // Asking for its methods links a class, which verifies it.
                assertThat(Class.forName(name, false, loader).getDeclaredMethods())
                        .as(name)
                        .isNotNull();
            }
            assertThat(classes).hasSizeGreaterThan(1000);
        }
    }

    /** Records of the jar and those that javac compiled are equal, print and hash alike. */
    @Test
    void recordsAreWhatTheyWere() throws Exception {
        int compared = 0;
        try (var jar = new JarFile(JAR.toFile());
                var loader =
                        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (ZipEntry entry : ours(jar)) {
                String name = entry.getName().replace(".class", "").replace('/', '.');
                if (!entry.getName().endsWith(".class") || !name.startsWith("io.rasplens.compiler")) {
                    continue;
                }
                Class<?> written = Class.forName(name, false, loader);
                if (written.isRecord()
                        && Stream.of(written.getRecordComponents())
                                .allMatch(part -> SAMPLES.containsKey(part.getType()))) {
                    Class<?> compiled = Class.forName(name);
                    compared += compareRecords(written, compiled) ? 1 : 0;
                }
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    private static final Map<Class<?>, List<?>> SAMPLES = Map.of(
            int.class, List.of(3, 0, -1),
            long.class, List.of(1L << 40, 0L, -1L),
            double.class, List.of(0.5, -0.0, Double.NaN),
            boolean.class, List.of(true, false, true),
            String.class, List.of("a", "", "é"));

    private static boolean compareRecords(Class<?> written, Class<?> compiled) throws ReflectiveOperationException {
        List<Object> ones = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Object one = sample(written, i);
            Object other = sample(compiled, i);
            if (one == null || other == null) {
                return false;
            }
            assertThat(one).hasToString(other.toString()).hasSameHashCodeAs(other);
            assertThat(one).isEqualTo(sample(written, i));
            ones.forEach(before ->
                    assertThat(one.equals(before)).isEqualTo(one.toString().equals(before.toString())));
            ones.add(one);
        }
        return true;
    }

    private static List<?> samples(Class<?> type) {
        return Objects.requireNonNull(SAMPLES.get(type));
    }

    /** Null where these values are none that the record takes. */
    private static @Nullable Object sample(Class<?> type, int which) throws ReflectiveOperationException {
        Class<?>[] parts = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(parts);
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(
                    Stream.of(parts).map(part -> samples(part).get(which)).toArray());
        } catch (InvocationTargetException refused) {
            return null;
        }
    }

    @Test
    void theJarTestsEveryExample() throws Exception {
        List<String> words = new ArrayList<>(List.of("test"));
        try (Stream<Path> files = Files.list(Path.of("."))) {
            files.filter(file -> file.toString().endsWith(".rasp"))
                    .map(Path::toString)
                    .forEach(words::add);
        }
        assertThat(rasp(words.toArray(String[]::new))).contains("all passed");
    }

    @Test
    void theJarKnowsItsVersionAndRunsWithoutTheClassesThatStartIt() throws Exception {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getEntry("io/rasplens/runtime/cli/start.classes").getSize())
                    .isBetween(1_000_000L, 8_000_000L);
            String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
            assertThat(rasp("--version").strip()).isEqualTo("rasp " + version);
        }
        // Of verbs that no start-up was tried with, all classes come from the jar itself.
        assertThat(rasp("inspect", "reverse.rasp")).contains("reverse");
        assertThat(rasp("run", "--help")).contains("--input");
    }

    private static String rasp(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** The page is made after the classes are tested, and stands in the jar: one file that asks for nothing else. */
    @Test
    void theJarWritesThePage(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.html");
        rasp("view", "reverse.rasp", "-o", page.toString());

        String text = Files.readString(page);
        assertThat(text).startsWith("<!").contains("rasplens").doesNotContain("src=\"http", "href=\"http");
        assertThat(text.length()).isBetween(500_000, 3_000_000);
    }
}
