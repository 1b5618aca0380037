package io.rasplens.compiler.elaborate;

import io.rasplens.grammar.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Loads {@code .rasp} files from disk. A file is read once for each session. */
public final class FileLoader implements SourceLoader {
    /** A load adds it to what it names. */
    public static final String EXTENSION = ".rasp";

    private static final long MAX_BYTES = 16_000_000;
    private static final int MOST_ALTERNATIVES = 1_000;

    private final Path workingDirectory;
    private final Map<Path, LoadedSource> known = new HashMap<>();
    private final Map<SourceFile, String> keys = new HashMap<>();

    public FileLoader(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    @Override
    public Optional<LoadedSource> find(String path, SourceFile from) throws IOException {
        Path name;
        try {
            name = Path.of(path + EXTENSION);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (from.path().isPresent()) {
            // As the user wrote the loading file's path, so that messages name this one in the same way.
            Path beside = from.path().get().resolveSibling(name);
            if (Files.exists(beside)) {
                return Optional.of(read(beside, MemoryLoader.beside(keys.getOrDefault(from, ""), path)));
            }
        }
        Path inWorkingDirectory = workingDirectory.resolve(name);
        return Files.exists(inWorkingDirectory) ? Optional.of(read(inWorkingDirectory, path)) : Optional.empty();
    }

    /** The files of the folders that were looked in, under the path's own folder. */
    @Override
    public List<String> alternatives(String path, SourceFile from) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        var found = new TreeSet<String>();
        from.path().map(Path::toAbsolutePath).map(Path::getParent).ifPresent(start -> list(start, folder, found));
        list(workingDirectory, folder, found);
        return List.copyOf(found);
    }

    /** A folder that can't be read has nothing to offer. */
    private static void list(Path start, String folder, Set<String> found) {
        try (Stream<Path> files = Files.list(start.resolve(folder))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .limit(MOST_ALTERNATIVES)
                    .forEach(name -> found.add(folder + name.substring(0, name.length() - EXTENSION.length())));
        } catch (IOException | InvalidPathException | UncheckedIOException e) {
            return;
        }
    }

    private LoadedSource read(Path file, String key) throws IOException {
        Path real = file.toRealPath();
        LoadedSource before = known.get(real);
        if (before != null) {
            return before;
        }
        if (Files.isRegularFile(real) && Files.size(real) > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        if (!Files.isRegularFile(real)) {
            throw new IOException("it is not a file");
        }
        var loaded = new LoadedSource(key, SourceFile.of(file));
        known.put(real, loaded);
        keys.put(loaded.source(), key);
        return loaded;
    }
}
