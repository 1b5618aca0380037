package io.rasplens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
                    seen("io.rasplens.compiler.model", "io.rasplens.compiler.readout", RUNTIME + "store.."));

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
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("safetensors")
            .mayOnlyAccessLayers("json", "error")
            .whereLayer("json")
            .mayOnlyAccessLayers("error")
            .whereLayer("error")
            .mayNotAccessAnyLayer();

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
