package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void everyCodeHasALongExplanationUnderItsTitle() throws IOException {
        List<DiagnosticCode> codes = new ArrayList<>(List.of(ElaborationCode.values()));
        codes.addAll(List.of(EvaluationCode.values()));
        for (DiagnosticCode code : codes) {
            String text = Resources.toString(
                    Resources.getResource("META-INF/rasplens/explain/" + code.id() + ".md"), StandardCharsets.UTF_8);
            assertThat(text)
                    .startsWith("# " + code.id() + ": " + code.title() + "\n")
                    .contains("What to do: ");
        }
    }
}
