package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.store.error.StoreCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreCodeTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeIsExplained(StoreCode code) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                StoreCode.class.getResourceAsStream("/META-INF/rasplens/explain/" + code.id() + ".md"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text).contains("Example:", "What to do:");
            assertThat(text.lines()).allMatch(line -> line.length() <= 90);
        }
    }
}
