package io.rasplens.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the jar holds, and takes the classes that a short command needs from one entry of it. Java's own loader looks each of over a
 * thousand classes up in the jar, opens, unpacks and checks its entry and asks where it comes from, which costs as much processor time as
 * the command itself.
 *
 * <p>Classes of the jar that are not in that entry are loaded here too, so that none exists twice. Resources are the parent's.
 *
 * <p>The entry: the number of classes and where the first begins, then for each the length of its name in two bytes, its name in Latin-1
 * and its length, then their bytes in that order. Numbers are big-endian and have four bytes but that one.
 */
final class StartLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final byte[] classes;
    private final Map<String, ClassEntry> places = new HashMap<>();
    private final Package product;

    private record ClassEntry(int start, int length) {}

    /**
     * @param classes the entry
     * @param parent who finds the rest of the jar
     * @param product a package of the jar that knows the version
     */
    StartLoader(byte[] classes, ClassLoader parent, Package product) {
        super("rasp", parent);
        this.classes = classes;
        this.product = product;
        ByteBuffer in = ByteBuffer.wrap(classes);
        int count = in.getInt();
        int start = in.getInt();
        for (int i = 0; i < count; i++) {
            int letters = in.getShort();
            String name = new String(classes, in.position(), letters, StandardCharsets.ISO_8859_1);
            in.position(in.position() + letters);
            int length = in.getInt();
            places.put(name, new ClassEntry(start, length));
            start += length;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            Class<?> made = ours(name);
            return made == null ? super.loadClass(name, resolve) : made;
        }
    }

    private @Nullable Class<?> ours(String name) throws ClassNotFoundException {
        ClassEntry place = places.get(name);
        if (place != null) {
            return defined(name, classes, place.start, place.length);
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            // What Java brings along is its own to load; its resources come from the same places.
            if (in == null || getPlatformClassLoader().getResource(name.replace('.', '/') + ".class") != null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            return defined(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private Class<?> defined(String name, byte[] bytes, int start, int length) {
        String folder = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (getDefinedPackage(folder) == null) {
            try {
                definePackage(
                        folder,
                        null,
                        null,
                        null,
                        product.getImplementationTitle(),
                        product.getImplementationVersion(),
                        null,
                        null);
            } catch (IllegalArgumentException another) {
                // Another thread has just defined it.
            }
        }
        return defineClass(name, bytes, start, length);
    }
}
