package io.rasplens.grammar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may depend on what in this module. */
@AnalyzeClasses(packages = "io.rasplens.grammar", importOptions = DoNotIncludeTests.class)
class GrammarRulesTest {
    @ArchTest
    static final ArchRule ONLY_THE_PARSER_SEES_ANTLR = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.grammar.parse..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.antlr..", "io.rasplens.grammar.parse.antlr..");

    @ArchTest
    static final ArchRule NO_MATRICES_AND_NO_WINDOWS =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.ejml..", "java.awt..", "javax.swing..");

    @ArchTest
    static final ArchRule NOBODY_PRINTS_OR_EXITS = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.grammar.parse.antlr..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule SOURCE_AND_VALUES_STAND_ALONE = noClasses()
            .that()
            .resideInAnyPackage("io.rasplens.grammar.source..", "io.rasplens.grammar.value..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.rasplens.grammar.diagnostic..", "io.rasplens.grammar.ast..", "io.rasplens.grammar.parse..");

    @ArchTest
    static final ArchRule DIAGNOSTICS_KNOW_NO_SYNTAX = noClasses()
            .that()
            .resideInAPackage("io.rasplens.grammar.diagnostic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.rasplens.grammar.ast..", "io.rasplens.grammar.parse..");

    /** The generated package is part of the parser's. */
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.rasplens.grammar.(*)..").should().beFreeOfCycles();
}
