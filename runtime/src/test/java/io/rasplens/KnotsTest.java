package io.rasplens;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No class is a locator of the others: classes that all reach each other are few, and so are the files of a room. */
class KnotsTest {
    private static final String COMPILER = "io.rasplens.compiler";
    private static final String RUNTIME = "io.rasplens.runtime";

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = read(COMPILER);
    }

    @Test
    void noMoreThanSevenClassesOfTheCompilerAllReachEachOther() {
        assertThat(knots())
                .as("classes that all reach each other")
                .allSatisfy(knot -> assertThat(knot).hasSizeLessThanOrEqualTo(7));
    }

    @Test
    void aKnotIsFound() {
        MutableGraph<String> graph = GraphBuilder.directed().build();
        graph.putEdge("a", "b");
        graph.putEdge("b", "c");
        graph.putEdge("c", "a");
        graph.putEdge("c", "d");

        assertThat(knots(graph)).containsExactlyInAnyOrder(Set.of("a", "b", "c"), Set.of("d"));
    }

    @Test
    void aRoomOfTheLoweringHasNoMoreThanTwentyFilesAndNoneOfTheCompilerMoreThanThirty() {
        assertThat(rooms(classes))
                .containsKeys(COMPILER, COMPILER + ".lower", COMPILER + ".circuit")
                .allSatisfy((room, files) -> assertThat(files)
                        .as(room)
                        .hasSizeLessThanOrEqualTo(room.startsWith(COMPILER + ".lower") ? 20 : 30));
    }

    @Test
    void aRoomOfTheRuntimeHasNoMoreThanThirtySixFiles() {
        assertThat(rooms(read(RUNTIME)))
                .containsKeys(RUNTIME + ".transformer", RUNTIME + ".store", RUNTIME + ".cli.verb")
                .allSatisfy((room, files) -> assertThat(files).as(room).hasSizeLessThanOrEqualTo(36));
    }

    private static JavaClasses read(String packages) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(packages);
    }

    private static Map<String, List<String>> rooms(JavaClasses classes) {
        return classes.stream()
                .filter(c ->
                        c.getEnclosingClass().isEmpty() && !c.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
    }

    private static Collection<Set<String>> knots() {
        MutableGraph<String> graph = GraphBuilder.directed().build();
        classes.forEach(c -> graph.addNode(file(c)));
        classes.forEach(c -> c.getDirectDependenciesFromSelf().stream()
                .map(dependency -> file(dependency.getTargetClass()))
                .filter(target -> graph.nodes().contains(target) && !target.equals(file(c)))
                .forEach(target -> graph.putEdge(file(c), target)));
        return knots(graph);
    }

    /** Nodes by all that they reach and that reach them. */
    private static Collection<Set<String>> knots(MutableGraph<String> graph) {
        var reached = Graphs.transitiveClosure(graph);
        Set<Set<String>> knots = new java.util.LinkedHashSet<>();
        for (String node : new TreeSet<>(graph.nodes())) {
            knots.add(reached.successors(node).stream()
                    .filter(other -> reached.hasEdgeConnecting(other, node))
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
        return knots;
    }

    /** The class that a file is named after. */
    private static String file(JavaClass c) {
        JavaClass base = c.getBaseComponentType();
        while (base.getEnclosingClass().isPresent()) {
            base = base.getEnclosingClass().get();
        }
        return base.getName();
    }
}
