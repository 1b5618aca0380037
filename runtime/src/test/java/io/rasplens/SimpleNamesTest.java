package io.rasplens;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimap;
import com.google.common.collect.Multimaps;
import com.sun.source.tree.ClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simple name means one thing in the whole project, whichever module, test or class it is declared in. */
class SimpleNamesTest {
    private static final Path PROJECT = Path.of("..");

    /** The files that declare a simple name, one for each declaration. */
    private static ImmutableListMultimap<String, Path> declarations;

    @BeforeAll
    static void readSources() throws IOException {
        declarations = declarations(sources());
    }

    @Test
    void noTwoClassesShareASimpleName() {
        assertThat(declarations.keySet())
                .contains("RaspParser", "RaspCompiler", "HookedTransformer", "ReverseNotebook");
        assertThat(doubled(declarations).asMap()).isEmpty();
    }

    @Test
    void noMainClassIsNamedAsATestIs() {
        assertThat(Multimaps.filterValues(declarations, SimpleNamesTest::isMain).keySet())
                .noneMatch(name -> name.endsWith("Test"));
    }

    @Test
    void aDoubleIsFoundBelowOtherClasses(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("One.java"), "class One { record Two(int x) { enum Three {} } }");
        Path other = Files.writeString(folder.resolve("Other.java"), "interface Other { class Three {} }");

        assertThat(doubled(declarations(List.of(one, other))).asMap())
                .containsOnlyKeys("Three")
                .containsEntry("Three", List.of(one, other));
    }

    private static Multimap<String, Path> doubled(Multimap<String, Path> declarations) {
        return Multimaps.filterKeys(declarations, name -> declarations.get(name).size() > 1);
    }

    private static boolean isMain(Path file) {
        return file.toString().replace('\\', '/').contains("/src/main/");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SimpleNamesTest::javaFiles)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImmutableListMultimap<String, Path> declarations(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var names = Multimaps.<String, Path>newListMultimap(new TreeMap<>(), ArrayList::new);
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            for (var unit : task.parse()) {
                Path file = manager.asPath(unit.getSourceFile());
                new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitClass(ClassTree declared, Void nothing) {
                        if (!declared.getSimpleName().isEmpty()) {
                            names.put(declared.getSimpleName().toString(), file);
                        }
                        return super.visitClass(declared, null);
                    }
                }.scan(unit, null);
            }
        }
        return ImmutableListMultimap.copyOf(names);
    }
}
