package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReverseNotebookTest {
    @Test
    void bothForwardPassesAgree() throws Exception {
        var out = new ByteArrayOutputStream();
        double worst =
                ReverseNotebook.walk(Path.of("reverse.rasp"), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(worst).isLessThan(1e-12);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("reverse of [1, 2, 3]: [3, 2, 1]");
    }
}
