package io.rasplens.runtime.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the jar holds, and takes the classes that a short command needs from one entry of it, and what such a command reads besides.
 * Java's own loader looks each of over a thousand classes up in the jar, opens, unpacks and checks its entry and asks where it comes from,
 * which costs as much processor time as the command itself.
 *
 * <p>Classes of the jar that are not in that entry are loaded here too, so that none exists twice. One class is loaded after the other: a
 * lock for each takes longer than it saves, and no loader that is asked here asks back.
 */
final class StartLoader extends ClassLoader {
    private final StartPiece piece;

    /**
     * @param parent who finds the rest of the jar
     * @param product a package of the jar that knows the version
     */
    StartLoader(StartPiece piece, ClassLoader parent, Package product) {
        super("rasp", parent);
        this.piece = piece;
        definePackage(
                product.getName(),
                null,
                null,
                null,
                product.getImplementationTitle(),
                product.getImplementationVersion(),
                null,
                null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            ByteBuffer found = piece.take(name);
            if (found != null) {
                try {
                    return defineClass(name, found, null);
                } catch (NoClassDefFoundError another) {
                    // A class of the same hash that is not of the jar.
                }
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            Class<?> made = ours(name);
            return made == null ? super.loadClass(name, resolve) : made;
        }
    }

    private @Nullable Class<?> ours(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(file)) {
            // What Java brings along is its own to load; its resources come from the same places.
            if (in == null || getPlatformClassLoader().getResource(file) != null) {
                return null;
            }
            return defineClass(name, ByteBuffer.wrap(in.readAllBytes()), null);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        ByteBuffer found = piece.find(name);
        if (found == null) {
            return super.getResourceAsStream(name);
        }
        var bytes = new byte[found.remaining()];
        found.get(bytes);
        return new ByteArrayInputStream(bytes);
    }
}
