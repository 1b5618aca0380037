package io.rasplens.runtime.store;

import io.rasplens.grammar.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a group of files so that no reader ever meets half of one: each goes to a temporary file in its folder, and only when
 * all are complete do they take their names. Closing without {@link #commit} removes every trace.
 */
final class AtomicFiles implements AutoCloseable {
    /** A file being written, and the name it will take. */
    private record Pending(Path temporary, Path target) {}

    /** Fills a new file. */
    interface Content {
        void writeTo(FileChannel channel) throws IOException, StoreException;
    }

    private final List<Pending> pending = new ArrayList<>();

    /** Writes the content to a temporary file beside the target. */
    void write(Path target, Content content) throws StoreException {
        StoreException.about(target, () -> {
            writeTemporary(target, content);
            return target;
        });
    }

    private void writeTemporary(Path target, Content content) throws StoreException {
        try {
            Path real = resolve(target);
            Path temporary = temporaryFor(real);
            // An interrupted run leaves nothing behind either.
            temporary.toFile().deleteOnExit();
            pending.add(new Pending(temporary, real));
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** Gives every file its name, in the order of writing. */
    void commit() throws StoreException {
        while (!pending.isEmpty()) {
            Pending next = pending.get(0);
            try {
                move(next.temporary, next.target);
            } catch (IOException e) {
                throw unwritable(next.target, e);
            }
            pending.remove(0);
        }
    }

    @Override
    public void close() {
        for (Pending left : pending) {
            try {
                Files.deleteIfExists(left.temporary);
            } catch (IOException e) {
                // deleteOnExit tries once more; the failure that brought us here is what the user hears of.
            }
        }
        pending.clear();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The file behind a symbolic link, so that the link survives; refuses what is no place for a file. */
    private static Path resolve(Path target) throws IOException, StoreException {
        if (Files.isDirectory(target)) {
            throw new StoreException(StoreCode.NOT_WRITABLE, target + " is a directory, not a file");
        }
        if (Files.exists(target)) {
            if (!Files.isRegularFile(target)) {
                throw new StoreException(StoreCode.NOT_WRITABLE, target + " is not an ordinary file");
            }
            return target.toRealPath();
        }
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException(
                    StoreCode.NOT_WRITABLE,
                    target + " can't be written: no folder " + folder,
                    "create the folder first");
        }
        return absolute;
    }

    private static Path temporaryFor(Path target) {
        long random = ThreadLocalRandom.current().nextLong();
        return target.resolveSibling("." + target.getFileName() + "." + Long.toHexString(random) + ".tmp");
    }

    private static StoreException unwritable(Path target, IOException e) {
        return new StoreException(
                Diagnostic.error(StoreCode.NOT_WRITABLE, target + " can't be written: " + SafetensorsFile.reason(e))
                        .about(target.toString()));
    }
}
