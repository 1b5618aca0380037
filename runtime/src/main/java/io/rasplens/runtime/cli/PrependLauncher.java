package io.rasplens.runtime.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Puts the script {@code launcher.sh} in front of the jar and makes it executable, once for each build. */
public final class PrependLauncher {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;

    private PrependLauncher() {}

    /**
     * Does it, unless it has been done.
     *
     * @param arguments the jar
     */
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        byte[] content = Files.readAllBytes(jar);
        if (content[0] != '#') {
            try (InputStream script = PrependLauncher.class.getResourceAsStream("launcher.sh")) {
                if (script == null) {
                    throw new IOException("launcher.sh is not beside " + PrependLauncher.class.getName());
                }
                Files.write(jar, prepended(script.readAllBytes(), content));
            }
        }
        if (Files.getFileAttributeView(jar, PosixFileAttributeView.class) != null) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(jar));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(jar, permissions);
        }
    }

    /**
     * The script and the archive as one file. A zip file counts its offsets from the beginning of the file, so all of them move by the
     * length of the script.
     */
    static byte[] prepended(byte[] script, byte[] zip) throws IOException {
        ByteBuffer moved = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END_BYTES;
        while (end >= 0 && moved.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw new IOException("this is no zip file");
        }
        int entries = Short.toUnsignedInt(moved.getShort(end + 10));
        int directory = moved.getInt(end + 16);
        int at = directory;
        for (int i = 0; i < entries; i++) {
            if (moved.getInt(at) != ENTRY) {
                throw new IOException("the directory of the zip file is damaged at " + at);
            }
            moved.putInt(at + 42, moved.getInt(at + 42) + script.length);
            at += ENTRY_BYTES
                    + Short.toUnsignedInt(moved.getShort(at + 28))
                    + Short.toUnsignedInt(moved.getShort(at + 30))
                    + Short.toUnsignedInt(moved.getShort(at + 32));
        }
        moved.putInt(end + 16, directory + script.length);
        var out = new ByteArrayOutputStream(script.length + zip.length);
        out.write(script);
        out.write(moved.array());
        return out.toByteArray();
    }
}
