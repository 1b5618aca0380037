package io.rasplens.runtime.store.safetensors;

import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.Memory;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open safetensors file: 8 bytes of header length (little-endian), a JSON header, raw little-endian data. The header is read
 * and checked on opening; data are read when asked for, a chunk at a time.
 */
public final class SafetensorsFile implements AutoCloseable {
    /** Beyond any honest header: 14 tensors per layer at a hundred bytes each, and the metadata. */
    public static final int LONGEST_HEADER = 32 << 20;

    private static final int CHUNK_BYTES = 1 << 16;

    /** Bytes of memory per byte of header: the text, its strings, the entries made of it. */
    private static final int HEADER_COST = 8;

    private final Path path;
    private final FileChannel channel;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, FileChannel channel, SafetensorsHeader header) {
        this.path = path;
        this.channel = channel;
        this.header = header;
    }

    /** Opens a file and checks its header; what is wrong with it comes back as one of {@link StoreCode}. */
    public static Result<SafetensorsFile> open(Path path) {
        return StoreException.toResult(path, () -> openChecked(path));
    }

    /** The tensors by name, in the header's order. */
    public ImmutableMap<String, TensorEntry> tensors() {
        return header.tensors();
    }

    /** The free strings of the header. */
    public ImmutableMap<String, String> metadata() {
        return header.metadata();
    }

    /** All elements of one tensor, the last axis running fastest. */
    public Result<double[]> read(String name) {
        return StoreException.toResult(path, () -> {
            TensorEntry entry = header.tensors().get(name);
            if (entry == null) {
                throw new StoreException(StoreCode.MISSING_TENSOR, path + ": no tensor " + ForeignName.name(name));
            }
            Memory.checkRoom(path + ": tensor " + ForeignName.name(name), entry.elements(), Double.BYTES);
            var values = new double[Math.toIntExact(entry.elements())];
            forEach(entry, (index, value) -> values[(int) index] = value);
            return values;
        });
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Receives the elements of a tensor. */
    public interface ElementVisitor {
        /** One element; {@code index} counts them row-major from 0. */
        void element(long index, double value) throws StoreException;
    }

    /** Visits every element in row-major order. */
    public void forEach(TensorEntry entry, ElementVisitor visitor) throws StoreException {
        if (!entry.dtype().isReadable()) {
            throw new StoreException(
                    StoreCode.BAD_WEIGHT,
                    path + ": tensor " + ForeignName.name(entry.name()) + " holds " + entry.dtype()
                            + " elements, which Rasplens can't read",
                    "store it as F64 or F32");
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long position = entry.begin();
        long index = 0;
        while (position < entry.end()) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, entry.end() - position));
            fill(channel, chunk, header.dataStart() + position, path);
            position += chunk.limit();
            chunk.flip();
            while (chunk.hasRemaining()) {
                visitor.element(index++, entry.dtype().read(chunk));
            }
        }
    }

    public static SafetensorsFile openChecked(Path path) throws StoreException {
        checkRegular(path);
        FileChannel channel = null;
        boolean opened = false;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            var file = new SafetensorsFile(path, channel, readHeader(channel, path));
            opened = true;
            return file;
        } catch (IOException e) {
            throw unreadable(path, e);
        } finally {
            if (channel != null && !opened) {
                closeQuietly(channel);
            }
        }
    }

    /** Refuses what is missing, a directory or a device (whose size says nothing and whose bytes may never end). */
    public static void checkRegular(Path path) throws StoreException {
        if (Files.isDirectory(path)) {
            throw new StoreException(StoreCode.NOT_READABLE, path + " is a directory, not a file");
        }
        if (!Files.exists(path)) {
            throw new StoreException(StoreCode.NOT_FOUND, "no file " + path);
        }
        if (!Files.isRegularFile(path)) {
            throw new StoreException(StoreCode.NOT_READABLE, path + " is not an ordinary file");
        }
    }

    public static StoreException unreadable(Path path, IOException e) {
        return e instanceof NoSuchFileException
                ? new StoreException(StoreCode.NOT_FOUND, "no file " + path)
                : new StoreException(StoreCode.NOT_READABLE, path + " can't be read: " + reason(e));
    }

    /** What an exception of the file system means, in words; its message is often only the path. */
    public static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.FileSystemException fs) {
            return fs.getReason() == null ? "the file system refuses it" : String.valueOf(fs.getReason());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : String.valueOf(e.getMessage());
    }

    private static SafetensorsHeader readHeader(FileChannel channel, Path path) throws IOException, StoreException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw notSafetensors(path, "it has " + size + " bytes, too few even for the header's length");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, length, 0, path);
        long bytes = length.flip().getLong();
        if (bytes < 0 || bytes > size - Long.BYTES) {
            throw notSafetensors(
                    path,
                    "its header should be " + Long.toUnsignedString(bytes) + " bytes long, but only "
                            + (size - Long.BYTES) + " follow");
        }
        if (bytes > LONGEST_HEADER) {
            throw new StoreException(
                    StoreCode.TOO_LARGE, path + ": a header of " + bytes + " bytes; the limit is " + LONGEST_HEADER);
        }
        Memory.checkRoom(path + ": the header", bytes, HEADER_COST);
        ByteBuffer json = ByteBuffer.allocate((int) bytes);
        fill(channel, json, Long.BYTES, path);
        return new ReadHeader(path.toString()).read(json.array(), size - Long.BYTES - bytes);
    }

    private static StoreException notSafetensors(Path path, String why) {
        return new StoreException(
                StoreCode.NOT_SAFETENSORS,
                path + " is not a safetensors file: " + why,
                "a model is a file that 'compile' or a safetensors library wrote");
    }

    /** Fills the buffer up to its limit. The file may have shrunk since its header was checked. */
    private static void fill(FileChannel channel, ByteBuffer buffer, long position, Path path) throws StoreException {
        try {
            long at = position;
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, at);
                if (count < 0) {
                    throw new StoreException(StoreCode.BAD_LAYOUT, path + " ends in the middle of its data");
                }
                at += count;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The reason for not opening it is already on its way to the user.
        }
    }
}
