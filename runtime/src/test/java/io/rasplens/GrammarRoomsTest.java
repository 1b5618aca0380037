package io.rasplens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** What each room of the grammar says of itself. */
@AnalyzeClasses(packages = "io.rasplens", importOptions = ImportOption.DoNotIncludeTests.class)
class GrammarRoomsTest {
    @ArchTest
    static final ArchRule A_SOURCE_SEES_NO_ROOM = sees("source");

    @ArchTest
    static final ArchRule VALUES_SEE_ONLY_THE_MACHINE = sees("value", "platform");

    @ArchTest
    static final ArchRule THE_MACHINE_SEES_NO_ROOM = sees("platform");

    @ArchTest
    static final ArchRule THE_GUIDE_SEES_NO_ROOM = sees("guide");

    @ArchTest
    static final ArchRule MESSAGES_SEE_SOURCES = sees("diagnostic", "source");

    @ArchTest
    static final ArchRule THE_TREE_SEES_SOURCES_AND_VALUES = sees("ast", "source", "value");

    @ArchTest
    static final ArchRule THE_CANONICAL_STYLE_IS_OF_THE_TREE = sees("format", "ast", "source", "value");

    @ArchTest
    static final ArchRule A_FROZEN_TREE_IS_A_TREE = sees("frozen", "ast", "source", "value");

    /** The machine is asked through one class, of which another kind of machine brings its own. */
    @ArchTest
    static final ArchRule NOBODY_ELSE_ASKS_THE_JVM_FOR_MEMORY = noClasses()
            .that()
            .resideInAnyPackage("io.rasplens.grammar..", "io.rasplens.compiler..")
            .and()
            .doNotHaveFullyQualifiedName("io.rasplens.grammar.platform.Host")
            .and()
            .resideOutsideOfPackage("io.rasplens.grammar.platform..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Runtime.class);

    private static ArchRule sees(String room, String... others) {
        String[] seen = Stream.concat(
                        Stream.of("java..", "javax..", "com.google..", "org.jspecify.."),
                        Stream.concat(Stream.of(room), Stream.of(others)).map(r -> "io.rasplens.grammar." + r + ".."))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("io.rasplens.grammar." + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(seen);
    }
}
