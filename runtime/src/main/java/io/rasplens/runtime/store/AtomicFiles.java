package io.rasplens.runtime.store;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes a group of files so that no reader ever meets half of one, nor files of two groups: each goes to a temporary file in
 * its folder, and only when all are complete do they take their names. Before the first does, the old files of the others are
 * set aside, so that a process killed in the middle leaves a group that lacks files, never one that contradicts itself. Closing
 * without {@link #commit} removes every trace.
 */
final class AtomicFiles implements AutoCloseable {
    /** A file being written, and the name it will take. */
    private record Pending(Path temporary, Path target) {}

    /** Fills a new file. */
    interface Content {
        void writeTo(FileChannel channel) throws IOException, StoreException;
    }

    private final List<Pending> pending = new ArrayList<>();
    private final Runnable beforeMove;

    AtomicFiles() {
        this(() -> {});
    }

    /** @param beforeMove called before each renaming: there a test pulls the plug */
    AtomicFiles(Runnable beforeMove) {
        this.beforeMove = beforeMove;
    }

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
            LeftoverFiles.removeFor(real);
            Path temporary = LeftoverFiles.temporaryFor(real);
            // An interrupted run leaves nothing behind either.
            temporary.toFile().deleteOnExit();
            pending.add(new Pending(temporary, real));
            try (FileChannel channel = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), modeOf(real))) {
                content.writeTo(channel);
                channel.force(true);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** Gives every file its name, in the order of writing. */
    void commit() throws StoreException {
        List<Pending> aside = new ArrayList<>();
        try {
            setAside(aside);
            while (!pending.isEmpty()) {
                Pending next = pending.get(0);
                try {
                    beforeMove.run();
                    move(next.temporary, next.target);
                } catch (IOException e) {
                    throw unwritable(next.target, e);
                }
                pending.remove(0);
                aside.removeIf(old -> old.target.equals(next.target) && delete(old.temporary));
            }
        } finally {
            putBack(aside);
        }
    }

    /** The old files of all but the first, which its successor replaces in one step. */
    private void setAside(List<Pending> aside) throws StoreException {
        for (Pending each : pending.subList(Math.min(1, pending.size()), pending.size())) {
            if (Files.exists(each.target)) {
                var old = new Pending(LeftoverFiles.temporaryFor(each.target), each.target);
                try {
                    beforeMove.run();
                    move(each.target, old.temporary);
                } catch (IOException e) {
                    throw unwritable(each.target, e);
                }
                aside.add(old);
            }
        }
    }

    private static void putBack(List<Pending> aside) {
        for (Pending old : aside) {
            try {
                move(old.temporary, old.target);
            } catch (IOException e) {
                // What brought us here is what the user hears of.
            }
        }
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return true;
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
            if (isReadOnly(target)) {
                throw new StoreException(
                        StoreCode.NOT_WRITABLE,
                        target + " is read-only; nothing was changed",
                        "choose another name, or make it writable");
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

    /** What may be read by its owner alone stays so. */
    private static FileAttribute<?>[] modeOf(Path target) throws IOException {
        if (!Files.exists(target)
                || !target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(target))};
    }

    /** A file is read-only so that nobody changes it, and a superuser is asked to mean it too. */
    private static boolean isReadOnly(Path file) throws IOException {
        return !Files.isWritable(file)
                || (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        && !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE));
    }

    private static StoreException unwritable(Path target, IOException e) {
        return new StoreException(
                Diagnostic.error(StoreCode.NOT_WRITABLE, target + " can't be written: " + SafetensorsFile.reason(e))
                        .about(target.toString()));
    }
}
