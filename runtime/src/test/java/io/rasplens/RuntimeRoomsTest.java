package io.rasplens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** What each room of the runtime says of itself: what it sees, and who may see it. */
@AnalyzeClasses(packages = "io.rasplens", importOptions = ImportOption.DoNotIncludeTests.class)
class RuntimeRoomsTest {
    private static final String RUNTIME = "io.rasplens.runtime.";

    @ArchTest
    static final ArchRule NUMBERS_KNOW_NEITHER_LAYERS_NOR_HOOKS = classes()
            .that()
            .resideInAPackage(RUNTIME + "transformer.arithmetic")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    seen("io.rasplens.compiler.model", RUNTIME + "tensor", RUNTIME + "transformer.arithmetic"));

    @ArchTest
    static final ArchRule THE_ROOMS_OF_THE_TRANSFORMER_STAND_IN_ORDER = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.rasplens..")
            .layer("transformer")
            .definedBy(RUNTIME + "transformer")
            .layer("backward")
            .definedBy(RUNTIME + "transformer.backward")
            .layer("forward")
            .definedBy(RUNTIME + "transformer.forward")
            .layer("arithmetic")
            .definedBy(RUNTIME + "transformer.arithmetic")
            .whereLayer("backward")
            .mayOnlyBeAccessedByLayers("transformer")
            .whereLayer("forward")
            .mayOnlyBeAccessedByLayers("transformer", "backward")
            .whereLayer("arithmetic")
            .mayOnlyBeAccessedByLayers("transformer", "backward", "forward");

    @ArchTest
    static final ArchRule A_STORE_SEES_THE_MODEL_AND_NO_ENGINE = classes()
            .that()
            .resideInAPackage(RUNTIME + "store..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    seen("io.rasplens.compiler.model..", "io.rasplens.compiler.readout", RUNTIME + "store.."));

    @ArchTest
    static final ArchRule FORMATS_OF_FILES_KNOW_NO_MODEL = classes()
            .that()
            .resideInAnyPackage(RUNTIME + "store.error", RUNTIME + "store.json", RUNTIME + "store.safetensors")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(seen(RUNTIME + "store.error", RUNTIME + "store.json", RUNTIME + "store.safetensors"));

    @ArchTest
    static final ArchRule THE_ROOMS_OF_THE_STORE_STAND_IN_ORDER = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("store")
            .definedBy(RUNTIME + "store")
            .layer("safetensors")
            .definedBy(RUNTIME + "store.safetensors")
            .layer("json")
            .definedBy(RUNTIME + "store.json")
            .layer("error")
            .definedBy(RUNTIME + "store.error")
            .layer("part")
            .definedBy(RUNTIME + "store.part")
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("part")
            .mayOnlyAccessLayers("json", "error")
            .whereLayer("safetensors")
            .mayOnlyAccessLayers("json", "error")
            .whereLayer("json")
            .mayOnlyAccessLayers("error")
            .whereLayer("error")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ARRAYS_KNOW_NOTHING_OF_MODELS = only("tensor", RUNTIME + "tensor", "io.rasplens.runtime");

    @ArchTest
    static final ArchRule HOOKS_KNOW_ARRAYS_AND_CONFIGURATIONS =
            only("hook", RUNTIME + "hook", RUNTIME + "tensor", "io.rasplens.runtime", "io.rasplens.compiler.model");

    @ArchTest
    static final ArchRule A_CACHE_KNOWS_THE_MODEL_FOR_ITS_LABELS = only(
            "cache",
            RUNTIME + "cache",
            RUNTIME + "hook",
            RUNTIME + "tensor",
            "io.rasplens.runtime",
            "io.rasplens.compiler.model");

    /** Results are records, whoever shows them. */
    @ArchTest
    static final ArchRule THE_ANALYSIS_KNOWS_NOTHING_OF_WHAT_SHOWS_IT = noClasses()
            .that()
            .resideInAPackage(RUNTIME + "analysis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    RUNTIME + "answer..",
                    RUNTIME + "cli..",
                    RUNTIME + "repl..",
                    RUNTIME + "store..",
                    RUNTIME + "view..",
                    RUNTIME + "web..");

    @ArchTest
    static final ArchRule PICTURES_ARE_ASKED_FOR_FROM_ABOVE = noClasses()
            .that()
            .resideInAnyPackage(RUNTIME + "view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME + "answer..", RUNTIME + "cli..", RUNTIME + "repl..", RUNTIME + "web..");

    @ArchTest
    static final ArchRule HEAT_MAPS_KNOW_NEITHER_MODELS_NOR_THE_ENGINE =
            only("view.heat", RUNTIME + "view.heat", RUNTIME + "view.svg");

    @ArchTest
    static final ArchRule DRAWING_KNOWS_NOTHING_OF_WHAT_IS_DRAWN = only("view.svg", RUNTIME + "view.svg");

    @ArchTest
    static final ArchRule THE_SESSION_KNOWS_NO_TERMINAL = noClasses()
            .that()
            .resideInAPackage(RUNTIME + "repl")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME + "repl.terminal..", RUNTIME + "cli..", "org.jline..");

    @ArchTest
    static final ArchRule THE_TERMINAL_ALONE_SEES_JLINE = noClasses()
            .that()
            .resideOutsideOfPackage(RUNTIME + "repl.terminal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jline..");

    @ArchTest
    static final ArchRule THE_PAGE_READS_NO_FILES = noClasses()
            .that()
            .resideInAPackage(RUNTIME + "web")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.teavm..", RUNTIME + "cli..", RUNTIME + "repl..");

    @ArchTest
    static final ArchRule ANSWERS_ARE_THE_SAME_FOR_THE_COMMAND_LINE_AND_THE_PAGE = noClasses()
            .that()
            .resideInAPackage(RUNTIME + "answer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME + "cli..", RUNTIME + "web..", RUNTIME + "repl..");

    @ArchTest
    static final ArchRule AT_THE_ROOT_LIE_ONLY_ERRORS = classes()
            .that()
            .resideInAPackage("io.rasplens.runtime")
            .should()
            .haveSimpleNameStartingWith("Engine")
            .orShould()
            .haveSimpleName("package-info");

    private static ArchRule only(String room, String... ours) {
        return classes()
                .that()
                .resideInAPackage(RUNTIME + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(seen(ours));
    }

    /** @param ours packages of this project that may be seen besides the grammar's, or patterns of them */
    private static String[] seen(String... ours) {
        return Stream.concat(
                        Stream.of(
                                "java..",
                                "com.google..",
                                "com.google.gson..",
                                "org.jspecify..",
                                "org.ejml..",
                                "io.rasplens.grammar.."),
                        Stream.of(ours))
                .toArray(String[]::new);
    }
}
