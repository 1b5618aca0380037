package io.rasplens.runtime.cli;

import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code java -jar rasp.jar} begins: gives the classes of the jar to a loader that has those of a start in one piece, and goes on in
 * {@link Main} there. Without that piece, or where the launcher has an archive of classes already, it goes on as it is.
 */
public final class Start {
    /** Set by the launcher where Java takes the classes from its own archive. */
    private static final String ARCHIVED = "rasplens.archived";

    private Start() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        StartPiece piece = System.getProperty(ARCHIVED) == null ? piece() : null;
        if (piece == null) {
            Main.main(arguments);
            return;
        }
        var loader = new StartLoader(piece, Start.class.getClassLoader(), Start.class.getPackage());
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass("io.rasplens.runtime.cli.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    private static @Nullable StartPiece piece() throws IOException {
        String jar = System.getProperty("java.class.path"); // Of `java -jar` it is the jar alone.
        return new File(jar).isFile() ? StartPiece.read(jar) : null;
    }
}
