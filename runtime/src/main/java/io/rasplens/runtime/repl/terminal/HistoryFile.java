package io.rasplens.runtime.repl.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Finds the place for the history: {@code $XDG_STATE_HOME/rasplens/history} if that is set, else {@code ~/.rasplens_history}. */
final class HistoryFile {
    private HistoryFile() {}

    /**
     * The file, made if it wasn't there; empty where none can be written: then the history lives as long as the session.
     *
     * @param home what to take for {@code ~} where the environment doesn't say
     */
    static Optional<Path> find(Map<String, String> environment, String home) {
        try {
            String own = environment.getOrDefault("HOME", home);
            String state = environment.getOrDefault("XDG_STATE_HOME", "");
            Path file = state.isEmpty() || !Path.of(state).isAbsolute()
                    ? Path.of(own, ".rasplens_history")
                    : Path.of(state, "rasplens", "history");
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return Files.isReadable(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException | InvalidPathException | SecurityException e) {
            return Optional.empty();
        }
    }
}
