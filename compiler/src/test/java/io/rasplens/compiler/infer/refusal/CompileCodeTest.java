package io.rasplens.compiler.infer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompileCodeTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeIsExplained(CompileCode code) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                CompileCode.class.getResourceAsStream("/META-INF/rasplens/explain/" + code.id() + ".md"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text).startsWith("# " + code.id() + ": " + code.title()).contains("Example:", "What to do:");
            assertThat(text.lines()).allMatch(line -> line.length() <= 90);
        }
    }
}
