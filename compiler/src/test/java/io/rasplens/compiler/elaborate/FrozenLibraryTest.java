package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.frozen.FreezeScript;
import io.rasplens.grammar.frozen.ThawScript;
import io.rasplens.grammar.parse.RaspParser;
import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The library's tree in the jar is that of its text; {@code -Drecord=true} writes it anew. */
class FrozenLibraryTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/rasplens/compiler/elaborate");

    @Test
    void theFrozenLibraryIsTheLibrary() throws IOException {
        SourceFile source = SourceFile.of("library.rasp", Files.readString(FOLDER.resolve("library.rasp")));
        Script parsed = RaspParser.parse(source).orThrow();
        Path frozen = FOLDER.resolve("library.ast");
        if (Boolean.getBoolean("record")) {
            Files.writeString(frozen, FreezeScript.freeze(parsed));
        }

        assertThat(RaspParser.parse(source).diagnostics()).isEmpty();
        assertThat(ThawScript.thaw(Files.readString(frozen), source)).contains(parsed);
    }
}
