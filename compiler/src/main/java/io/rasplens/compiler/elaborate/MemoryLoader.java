package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Files;
import io.rasplens.grammar.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Supplies loads from texts at hand, as a stored model carries them: no file is looked at. */
public final class MemoryLoader implements SourceLoader {
    private final Map<String, LoadedSource> loads = new HashMap<>();
    private final Map<SourceFile, String> keys = new HashMap<>();

    /** @param texts text by {@link SourceLoader.LoadedSource#key} */
    public MemoryLoader(ImmutableMap<String, String> texts) {
        texts.forEach((key, text) -> {
            SourceFile source = SourceFile.of(key + FileLoader.EXTENSION, text);
            loads.put(key, new LoadedSource(key, source));
            keys.put(source, key);
        });
    }

    @Override
    public Optional<LoadedSource> find(String path, SourceFile from) {
        LoadedSource beside = loads.get(beside(keys.getOrDefault(from, ""), path));
        return Optional.ofNullable(beside != null ? beside : loads.get(path));
    }

    @Override
    public List<String> alternatives(String path, SourceFile from) {
        return List.copyOf(loads.keySet());
    }

    /** The key of {@code path} in the folder of the file with the key {@code from}. */
    static String beside(String from, String path) {
        int slash = from.lastIndexOf('/');
        return slash < 0 || path.startsWith("/") ? path : Files.simplifyPath(from.substring(0, slash + 1) + path);
    }
}
