package io.rasplens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

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
    static final ArchRule A_CIRCUIT_SEES_THE_MODEL = sees("circuit", "model", "stack");

    /** The one gadget that it sees says which formulas one head can look for. */
    @ArchTest
    static final ArchRule REWRITING_SEES_THE_PROGRAM = sees("rewrite", "program", "interpret", "infer", "circuit");

    @ArchTest
    static final ArchRule A_CERTIFICATE_IS_OF_A_CIRCUIT = sees("certify", "circuit", "model", "stack");

    @ArchTest
    static final ArchRule ASSEMBLING_IS_OF_A_CIRCUIT = sees("assemble", "circuit", "model", "stack");

    @ArchTest
    static final ArchRule READOUTS_ARE_OF_A_MODEL_AND_ITS_PROGRAM = sees("readout", "program", "interpret", "model");

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
