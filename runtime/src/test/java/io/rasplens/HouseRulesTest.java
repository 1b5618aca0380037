package io.rasplens;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.TOP_LEVEL_CLASSES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.text.NumberFormat;
import java.util.Formatter;

/** Which package may know which. The arrows go grammar, compiler, runtime; each part sees as little of the others as it can. */
@AnalyzeClasses(packages = "io.rasplens", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.rasplens.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule GRAMMAR_KNOWS_NOTHING_OF_THE_OTHERS = noClasses()
            .that()
            .resideInAPackage("io.rasplens.grammar..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.rasplens.compiler..", "io.rasplens.runtime..");

    @ArchTest
    static final ArchRule COMPILER_KNOWS_NOTHING_OF_THE_RUNTIME = noClasses()
            .that()
            .resideInAPackage("io.rasplens.compiler..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.rasplens.runtime..");

    @ArchTest
    static final ArchRule ONLY_THE_PARSER_SEES_ANTLR = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.grammar.parse..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.antlr..");

    @ArchTest
    static final ArchRule MATRICES_BEGIN_AT_THE_LOWERING = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.rasplens.grammar..",
                    "io.rasplens.compiler.program..",
                    "io.rasplens.compiler.elaborate..",
                    "io.rasplens.compiler.interpret..",
                    "io.rasplens.compiler.infer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ejml..");

    @ArchTest
    static final ArchRule THE_ENGINE_SEES_ONLY_THE_MODEL = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.rasplens.runtime.transformer..",
                    "io.rasplens.runtime.hook..",
                    "io.rasplens.runtime.cache..",
                    "io.rasplens.runtime.tensor..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.rasplens.compiler..")
                    .and(not(resideInAPackage("io.rasplens.compiler.model.."))))
            .because("only the model crosses from the compiler to the transformer");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.runtime.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_EXITS = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.runtime.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule NO_DESKTOP = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..");

    @ArchTest
    static final ArchRule THE_MODEL_STANDS_ON_ITS_OWN = noClasses()
            .that()
            .resideInAPackage("io.rasplens.compiler.model..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.rasplens.compiler..")
                    .and(not(resideInAPackage("io.rasplens.compiler.model.."))))
            .because("a model runs without what made it");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NOTHING_OF_WHAT_STANDS_ON_IT = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.rasplens.runtime.transformer..",
                    "io.rasplens.runtime.hook..",
                    "io.rasplens.runtime.cache..",
                    "io.rasplens.runtime.tensor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.rasplens.runtime.analysis..",
                    "io.rasplens.runtime.store..",
                    "io.rasplens.runtime.repl..",
                    "io.rasplens.runtime.view..",
                    "io.rasplens.runtime.cli..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_AND_THE_TERMINAL_SEE_THEIR_LIBRARIES = noClasses()
            .that()
            .resideOutsideOfPackages("io.rasplens.runtime.repl.terminal..", "io.rasplens.runtime.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jline..", "picocli..");

    @ArchTest
    static final ArchRule NOTHING_STANDS_ON_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage("io.rasplens.runtime.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.rasplens.runtime.cli..");

    @ArchTest
    static final ArchRule THE_ROOMS_OF_THE_COMMAND_LINE_STAND_IN_ORDER = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("dispatch")
            .definedBy("io.rasplens.runtime.cli")
            .layer("verb")
            .definedBy("io.rasplens.runtime.cli.verb")
            .layer("subject")
            .definedBy("io.rasplens.runtime.cli.subject")
            .layer("print")
            .definedBy("io.rasplens.runtime.cli.print")
            .whereLayer("dispatch")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("verb")
            .mayOnlyBeAccessedByLayers("dispatch")
            .whereLayer("subject")
            .mayOnlyBeAccessedByLayers("verb");

    @ArchTest
    static final ArchRule A_VERB_KNOWS_NO_OTHER_VERB = classes()
            .that()
            .resideInAPackage("io.rasplens.runtime.cli.verb")
            .and()
            .haveSimpleNameEndingWith("Verb")
            .should()
            .onlyHaveDependentClassesThat(
                    resideInAPackage("io.rasplens.runtime.cli").or(not(TOP_LEVEL_CLASSES)))
            .because("a verb is one class and a line in the list of verbs; what two share stands in a room below");

    /** In fa-IR or ar-EG {@code %d} writes digits that no other program reads, nor our own parser. */
    @ArchTest
    static final ArchRule TEXT_DOES_NOT_DEPEND_ON_THE_LOCALE = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "format", String.class, Object[].class)
            .orShould()
            .callConstructor(Formatter.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(NumberFormat.class)
            .because("the same program gives the same answer everywhere: name Locale.ROOT");

    @ArchTest
    static final ArchRule THE_ROOMS_OF_THE_LOWERING_STAND_IN_ORDER = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("facts")
            .definedBy("io.rasplens.compiler.lower.facts..")
            .layer("offer")
            .definedBy("io.rasplens.compiler.lower.offer..")
            .layer("reading")
            .definedBy("io.rasplens.compiler.lower.reading..")
            .layer("selector")
            .definedBy("io.rasplens.compiler.lower.selector..")
            .layer("attention")
            .definedBy("io.rasplens.compiler.lower.attention..")
            .layer("diagram")
            .definedBy("io.rasplens.compiler.lower.diagram..")
            .layer("table")
            .definedBy("io.rasplens.compiler.lower.table..")
            .layer("piecewise")
            .definedBy("io.rasplens.compiler.lower.piecewise..")
            .layer("lookup")
            .definedBy("io.rasplens.compiler.lower.lookup..")
            .layer("lower")
            .definedBy("io.rasplens.compiler.lower")
            .whereLayer("facts")
            .mayNotAccessAnyLayer()
            .whereLayer("offer")
            .mayNotAccessAnyLayer()
            .whereLayer("reading")
            .mayOnlyAccessLayers("facts", "offer")
            .whereLayer("selector")
            .mayOnlyAccessLayers("facts", "reading")
            .whereLayer("attention")
            .mayOnlyAccessLayers("facts", "offer", "reading", "selector")
            .whereLayer("diagram")
            .mayOnlyAccessLayers("facts", "offer", "reading", "table")
            .whereLayer("table")
            .mayOnlyAccessLayers("facts", "offer", "reading")
            .whereLayer("piecewise")
            .mayOnlyAccessLayers("facts", "offer", "reading")
            .whereLayer("lookup")
            .mayOnlyAccessLayers("facts", "offer", "reading")
            .because("each room can be built and looked at alone, over facts and readings");
}
