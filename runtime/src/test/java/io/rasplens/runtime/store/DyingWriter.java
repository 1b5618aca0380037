package io.rasplens.runtime.store;

import io.rasplens.runtime.store.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that writes a group of three files and is gone, without a word, before one of the renamings. */
final class DyingWriter {
    private DyingWriter() {}

    /**
     * Writes and is gone.
     *
     * @param arguments the folder, the text, how many renamings to do
     */
    public static void main(String[] arguments) throws StoreException {
        Path folder = Path.of(arguments[0]);
        var left = new AtomicInteger(Integer.parseInt(arguments[2]));
        try (var files = new AtomicFiles(() -> {
            if (left.getAndDecrement() == 0) {
                Runtime.getRuntime().halt(9);
            }
        })) {
            for (String name : new String[] {"model", "config", "codec"}) {
                files.write(
                        folder.resolve(name),
                        channel -> channel.write(ByteBuffer.wrap(arguments[1].getBytes(StandardCharsets.UTF_8))));
            }
            files.commit();
        }
    }
}
