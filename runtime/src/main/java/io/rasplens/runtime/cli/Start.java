package io.rasplens.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code java -jar rasp.jar} begins: gives the classes of the jar to a loader that has those of a start in one piece, and goes on in
 * {@link Main} there. Without that piece, or where the launcher has an archive of classes already, it goes on as it is.
 */
public final class Start {
    /** Set by the launcher where Java takes the classes from its own archive. */
    private static final String ARCHIVED = "rasplens.archived";

    static final String CLASSES = "start.classes";

    private Start() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        byte[] classes = System.getProperty(ARCHIVED) == null ? classes() : null;
        if (classes == null) {
            Main.main(arguments);
            return;
        }
        var loader = new StartLoader(classes, Start.class.getClassLoader(), Start.class.getPackage());
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass("io.rasplens.runtime.cli.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    private static byte @Nullable [] classes() throws IOException {
        try (InputStream in = Start.class.getResourceAsStream(CLASSES)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
