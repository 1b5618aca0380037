package io.rasplens.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code that the runtime can show has its long text for {@code rasp explain}; the enums are found, not listed. */
class RuntimeExplanationTest {
    static Stream<DiagnosticCode> runtimeCodes() {
        return codes("io.rasplens.runtime");
    }

    private static Stream<DiagnosticCode> codes(String root) {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages(root).stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(DiagnosticCode.class))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
                        .map(DiagnosticCode.class::cast);
    }

    @ParameterizedTest
    @MethodSource("runtimeCodes")
    void isExplained(DiagnosticCode code) throws IOException {
        String text = Resources.toString(
                Resources.getResource("META-INF/rasplens/explain/" + code.id() + ".md"), StandardCharsets.UTF_8);

        assertThat(text.lines().findFirst().orElseThrow()).endsWith(code.id() + ": " + code.title());
        assertThat(text.lines().count()).isGreaterThan(4);
        assertThat(text.lines()).allMatch(line -> line.length() <= 90);
    }

    @Test
    void theEnginesTextsCarryTheirTitlesAndAnExample() throws IOException {
        for (EngineCode code : EngineCode.values()) {
            String text = Resources.toString(
                    Resources.getResource("META-INF/rasplens/explain/" + code.id() + ".md"), StandardCharsets.UTF_8);
            assertThat(text)
                    .startsWith("# " + code.id() + ": " + code.title() + "\n")
                    .contains("Example:", code.id() + "]", "What to do:");
        }
    }

    @Test
    void noTwoCodesOfAllModulesShareAnId() {
        assertThat(codes("io.rasplens").map(DiagnosticCode::id)).isNotEmpty().doesNotHaveDuplicates();
    }
}
