package io.rasplens.runtime.jar;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles what stands beside it and runs {@link QuickJar}. Maven runs it from source, with ASM on the class path:
 * {@code java -cp … BuildJar.java FOLDER}, where the folder is the module's. Nothing of this package is in the jar.
 */
public final class BuildJar {
    private BuildJar() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path module = Path.of(arguments[0]);
        Path classes = Files.createDirectories(module.resolve("target/jar-tools"));
        List<String> words = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        try (Stream<Path> files = Files.list(module.resolve("src/jar/java/io/rasplens/runtime/jar"))) {
            files.filter(file -> !file.endsWith("BuildJar.java"))
                    .map(Path::toString)
                    .forEach(words::add);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)) != 0) {
            throw new IOException("what makes the jar quick does not compile");
        }
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, BuildJar.class.getClassLoader())) {
            String[] given = {
                module.resolve("target/rasp.jar").toString(),
                module.resolveSibling("examples").resolve("reverse.rasp").toString()
            };
            loader.loadClass("io.rasplens.runtime.jar.QuickJar")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) given);
        }
    }
}
