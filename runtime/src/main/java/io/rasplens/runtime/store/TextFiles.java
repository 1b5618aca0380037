package io.rasplens.runtime.store;

import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts on disk: pictures, pages, sources. */
public final class TextFiles {
    private TextFiles() {}

    /**
     * Writes a text as UTF-8, all of it or nothing: what was there stays until the new text is complete.
     *
     * @return the path, or {@link StoreCode#NOT_WRITABLE}
     */
    public static Result<Path> write(Path path, String text) {
        return StoreException.toResult(path, () -> {
            try (var files = new AtomicFiles()) {
                files.write(path, channel -> {
                    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                });
                files.commit();
            }
            return path;
        });
    }
}
