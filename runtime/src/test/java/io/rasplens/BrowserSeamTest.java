package io.rasplens;

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
}
