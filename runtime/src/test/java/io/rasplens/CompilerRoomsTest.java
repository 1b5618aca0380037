package io.rasplens;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Data walks through the rooms of the compiler in one direction: each sees those before it that it needs, as its package says. */
@AnalyzeClasses(packages = "io.rasplens.compiler", importOptions = ImportOption.DoNotIncludeTests.class)
class CompilerRoomsTest {
    @ArchTest
    static final ArchRule THE_PROGRAM_SEES_NO_ROOM = sees("program");

    @ArchTest
    static final ArchRule THE_MODEL_SEES_NO_ROOM = sees("model");

    @ArchTest
    static final ArchRule THE_INTERPRETER_SEES_THE_PROGRAM = sees("interpret", "program", "stack");

    @ArchTest
    static final ArchRule INFERENCE_SEES_THE_PROGRAM_AND_ITS_MEANING = sees("infer", "program", "interpret", "stack");

    @ArchTest
    static final ArchRule COUNTS_ARE_OF_PROGRAMS_AND_THEIR_MEANING = sees("infer.counts", "program", "interpret");

    @ArchTest
    static final ArchRule REFUSALS_ARE_OF_PROGRAMS_AND_THEIR_MEANING = sees("infer.refusal", "program", "interpret");

    /** What is known of a program is known before there is a stream; parts of one are told where they come from. */
    @ArchTest
    static final ArchRule FACTS_KNOW_NO_STREAM = noClasses()
            .that()
            .resideInAPackage("io.rasplens.compiler.lower.facts..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.rasplens.compiler.circuit..").and(not(simpleName("PartOrigin"))));

    @ArchTest
    static final ArchRule A_CIRCUIT_SEES_THE_MODEL = sees("circuit", "model", "stack");

    /** The one gadget that it sees says which formulas one head can look for. */
    @ArchTest
    static final ArchRule REWRITING_SEES_THE_PROGRAM = sees("rewrite", "program", "interpret", "infer", "circuit");

    @ArchTest
    static final ArchRule CONSTRUCTIONS_SEE_CIRCUITS_ALONE = sees("circuit.gadget", "circuit");

    @ArchTest
    static final ArchRule PASSES_SEE_CIRCUITS_ALONE = sees("circuit.pass", "circuit");

    @ArchTest
    static final ArchRule THE_FORM_KNOWS_NEITHER_CONSTRUCTIONS_NOR_PASSES = noClasses()
            .that()
            .resideInAPackage("io.rasplens.compiler.circuit")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.rasplens.compiler.circuit.gadget", "io.rasplens.compiler.circuit.pass");

    @ArchTest
    static final ArchRule CONSTRUCTIONS_AND_PASSES_KNOW_EACH_OTHER_NOT = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("gadget")
            .definedBy("io.rasplens.compiler.circuit.gadget")
            .layer("pass")
            .definedBy("io.rasplens.compiler.circuit.pass")
            .whereLayer("gadget")
            .mayNotAccessAnyLayer()
            .whereLayer("pass")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ELABORATION_SEES_THE_PROGRAM_AND_ITS_MEANING =
            sees("elaborate", "program", "interpret", "stack");

    @ArchTest
    static final ArchRule ROOM_FOR_WORK_SEES_NO_ROOM = sees("stack");

    @ArchTest
    static final ArchRule ROOM_FOR_WORK_KNOWS_MESSAGES_AND_THE_MACHINE =
            seesOfGrammar("stack", "diagnostic", "platform");

    @ArchTest
    static final ArchRule THE_PROGRAM_KNOWS_VALUES_AND_PLACES = seesOfGrammar("program", "value", "source");

    @ArchTest
    static final ArchRule MISTAKES_ARE_OF_THE_TEXT = sees("elaborate.mistake");

    @ArchTest
    static final ArchRule MISTAKES_ARE_MET_IN_ELABORATING = onlySeenBy("elaborate.mistake", "elaborate");

    @ArchTest
    static final ArchRule BLOCKS_OF_THE_DIRECT_LAYOUT_ARE_OF_CIRCUITS =
            sees("lower.direct.block", "circuit", "model", "program");

    @ArchTest
    static final ArchRule BLOCKS_OF_THE_DIRECT_LAYOUT_ARE_ITS_OWN = onlySeenBy("lower.direct.block", "lower.direct");

    /** What is entered through one class. */
    @ArchTest
    static final ArchRule THE_DIRECT_LAYOUT_HAS_ONE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.compiler.lower.direct..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.rasplens.compiler.lower.direct..").and(not(simpleName("DirectLowering"))));

    /** The front door alone puts it all together. */
    @ArchTest
    static final ArchRule NOTHING_OF_THE_COMPILER_STANDS_ON_ITS_FRONT_DOOR = noClasses()
            .that()
            .resideInAPackage("io.rasplens.compiler.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.rasplens.compiler");

    @ArchTest
    static final ArchRule A_CERTIFICATE_IS_OF_A_CIRCUIT = sees("certify", "circuit", "model", "stack");

    @ArchTest
    static final ArchRule ASSEMBLING_IS_OF_A_CIRCUIT = sees("assemble", "circuit", "model", "stack");

    @ArchTest
    static final ArchRule READOUTS_ARE_OF_A_MODEL_AND_ITS_PROGRAM = sees("readout", "program", "interpret", "model");

    /** @param others the rooms of the grammar that may be seen, and no other of it */
    private static ArchRule seesOfGrammar(String room, String... others) {
        String[] seen =
                Stream.of(others).map(r -> "io.rasplens.grammar." + r + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.rasplens.compiler." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.rasplens.grammar..").and(not(resideInAnyPackage(seen))));
    }

    private static ArchRule onlySeenBy(String room, String reader) {
        return classes()
                .that()
                .resideInAPackage("io.rasplens.compiler." + room + "..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("io.rasplens.compiler." + room + "..", "io.rasplens.compiler." + reader);
    }

    /** @param others the rooms that may be seen, with the rooms in them */
    private static ArchRule sees(String room, String... others) {
        String[] seen = Stream.concat(
                        Stream.of("java..", "com.google..", "org.jspecify..", "org.ejml..", "io.rasplens.grammar.."),
                        Stream.concat(Stream.of(room), Stream.of(others)).map(r -> "io.rasplens.compiler." + r + ".."))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("io.rasplens.compiler." + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(seen);
    }
}
