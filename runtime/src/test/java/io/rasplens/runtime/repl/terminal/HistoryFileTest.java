package io.rasplens.runtime.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @Test
    void standsInTheHomeFolder(@TempDir Path folder) {
        assertThat(HistoryFile.find(Map.of(), folder.toString())).contains(folder.resolve(".rasplens_history"));
        assertThat(folder.resolve(".rasplens_history")).exists();
        assertThat(HistoryFile.find(Map.of("HOME", folder.toString()), "/nowhere"))
                .contains(folder.resolve(".rasplens_history"));
    }

    @Test
    void followsTheStateFolder(@TempDir Path folder) {
        var state = Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
        assertThat(HistoryFile.find(state, "/")).contains(folder.resolve("state/rasplens/history"));
    }

    @Test
    void aRelativeStateFolderIsNoStateFolder(@TempDir Path folder) {
        assertThat(HistoryFile.find(Map.of("XDG_STATE_HOME", "state"), folder.toString()))
                .contains(folder.resolve(".rasplens_history"));
    }

    @Test
    void doesWithoutWhereNothingCanBeWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(HistoryFile.find(Map.of(), file.toString())).isEmpty();
        Files.createDirectory(folder.resolve(".rasplens_history"));
        assertThat(HistoryFile.find(Map.of(), folder.toString())).isEmpty();
        assertThat(HistoryFile.find(Map.of(), "\0")).isEmpty();
    }
}
