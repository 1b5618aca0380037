package io.rasplens.compiler.elaborate;

import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds the text behind {@code load "path";}. */
public interface SourceLoader {
    /**
     * A file to load.
     *
     * @param key its path as seen from the main file, without {@code .rasp}; tells files apart, and finds the text again in a
     *     stored model
     */
    record LoadedSource(String key, SourceFile source) {}

    /**
     * The file that {@code path} means in a statement of {@code from}: beside that file first, then in the working directory.
     *
     * @throws IOException if it is there and can't be read
     */
    Optional<LoadedSource> find(String path, SourceFile from) throws IOException;

    /** Paths that would find a file where {@code path} looks for its own: what a mistyped one may have meant. */
    default List<String> alternatives(String path, SourceFile from) {
        return List.of();
    }

    /** Knows no files. */
    static SourceLoader none() {
        return (path, from) -> Optional.empty();
    }
}
