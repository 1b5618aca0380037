package io.rasplens.runtime.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a short command needs and the resources that it reads, as one entry of the jar. The build puts it to the jar's beginning and does not pack it, so that it
 * is read from the file at once: through the jar's own stream it comes in thousands of small pieces.
 *
 * <p>What it holds: a table, and then the classes. The table begins with the number of its places, a power of two; a place has the
 * hash of the name of a class or a resource as of {@link String#hashCode}, where it begins, and its length, which is 0 where the place is
 * free. Each has the first free place from the one that its hash names, and no other name of the jar has its hash. Numbers are big-endian and have four bytes.
 */
final class StartPiece {
    static final String NAME = "io/rasplens/runtime/cli/start.classes";

    /** The script in front, the manifest and the head of the piece together are shorter. */
    private static final int AHEAD = 1 << 14;

    private static final int HEAD = 0x04034b50;
    private static final int HEAD_BYTES = 30;
    private static final int LENGTH_FOLLOWS = 8;

    private final ByteBuffer bytes;
    private final int[] table;
    private final int mask;
    private final boolean[] taken;

    private StartPiece(ByteBuffer bytes) {
        this.bytes = bytes;
        this.mask = bytes.getInt(0) - 1;
        this.taken = new boolean[mask + 1];
        this.table = new int[at(mask + 1)];
        bytes.asIntBuffer().get(table);
    }

    /**
     * Reads it.
     *
     * @param jar a file
     * @return null if the file does not begin as a jar with such a piece
     */
    static @Nullable StartPiece read(String jar) throws IOException {
        try (var file = new RandomAccessFile(jar, "r")) {
            var ahead = new byte[AHEAD];
            ByteBuffer in =
                    ByteBuffer.wrap(ahead, 0, Math.max(0, file.read(ahead))).order(ByteOrder.LITTLE_ENDIAN);
            int at = 0;
            while (at + HEAD_BYTES <= in.limit() && !(ahead[at] == 'P' && in.getInt(at) == HEAD)) {
                at++;
            }
            while (at + HEAD_BYTES <= in.limit() && in.getInt(at) == HEAD) {
                int flags = in.getShort(at + 6);
                int packing = in.getShort(at + 8);
                int length = in.getInt(at + 18);
                int letters = in.getShort(at + 26);
                int start = at + HEAD_BYTES + letters + in.getShort(at + 28);
                if ((flags & LENGTH_FOLLOWS) != 0 || packing != 0 || start > in.limit()) {
                    return null;
                }
                if (NAME.equals(new String(ahead, at + HEAD_BYTES, letters, StandardCharsets.ISO_8859_1))) {
                    return new StartPiece(bytes(file.getChannel(), start, length));
                }
                at = start + length;
            }
            return null;
        }
    }

    private static ByteBuffer bytes(FileChannel file, int start, int length) throws IOException {
        // Not mapped: a build that writes the jar anew must not end who still runs.
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        file.position(start);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // One read does it, on any system that we know.
        }
        return bytes.flip();
    }

    /**
     * The class file of a class, once.
     *
     * @return null if it is not in here or has been taken; of a name that is not in the jar it may be that of another
     */
    @Nullable
    ByteBuffer take(String name) {
        int place = place(name);
        if (place < 0 || taken[place]) {
            return null;
        }
        taken[place] = true;
        return content(place);
    }

    /** What a resource holds; null if it is not in here. */
    @Nullable
    ByteBuffer find(String resource) {
        int place = place(resource);
        return place < 0 ? null : content(place);
    }

    /** Where the table tells of a name; -1 if it does not. */
    private int place(String name) {
        int hash = name.hashCode();
        for (int place = hash & mask; table[at(place) + 2] > 0; place = (place + 1) & mask) {
            if (table[at(place)] == hash) {
                return place;
            }
        }
        return -1;
    }

    private ByteBuffer content(int place) {
        return bytes.slice(table[at(place) + 1], table[at(place) + 2]);
    }

    private static int at(int place) {
        return 1 + 3 * place;
    }
}
