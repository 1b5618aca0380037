package io.rasplens;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a browser lacks is asked for in one place, so that the same classes run there. */
@AnalyzeClasses(packages = "io.rasplens", importOptions = ImportOption.DoNotIncludeTests.class)
class BrowserSeamTest {
    @ArchTest
    static final ArchRule WHAT_A_BROWSER_LACKS_STANDS_BEHIND_ONE_SEAM = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.rasplens.grammar..",
                    "io.rasplens.compiler..",
                    "io.rasplens.runtime.transformer..",
                    "io.rasplens.runtime.hook..",
                    "io.rasplens.runtime.cache..",
                    "io.rasplens.runtime.tensor..")
            .and()
            .resideOutsideOfPackage("io.rasplens.grammar.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.management..", "java.util.concurrent", "java.util.concurrent.locks..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class, ProcessHandle.class)
            .orShould()
            .callMethod(Class.class, "getResource", String.class)
            .orShould()
            .callMethod(ClassLoader.class, "getResource", String.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.google.common.io.Resources")
            .orShould()
            .callMethod(Character.class, "toString", int.class)
            .because("the same classes run as JavaScript");

    @ArchTest
    static final ArchRule THE_SAME_BITS_EVERYWHERE = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.rasplens.grammar..",
                    "io.rasplens.compiler..",
                    "io.rasplens.runtime.transformer..",
                    "io.rasplens.runtime.hook..",
                    "io.rasplens.runtime.cache..",
                    "io.rasplens.runtime.tensor..")
            .should()
            .callMethodWhere(target(owner(com.tngtech.archunit.core.domain.JavaClass.Predicates.type(Math.class)))
                    .and(target(nameMatching(
                            "exp|log|log10|log1p|expm1|pow|cbrt|hypot|sin|cos|tan|sinh|cosh|tanh|IEEEremainder"))))
            .because("Math may differ in the last place from one machine to the next, StrictMath does not");
}
