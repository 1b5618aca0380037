package io.rasplens.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A shell in a folder of its own in which {@code rasp} is the command line of this build and the examples lie at hand. */
public record Shell(Path folder) {

    public static Shell withRasp(Path folder) throws IOException {
        Path examples = folder.resolve("examples");
        copyPrograms(Path.of(""), examples);
        copyPrograms(Path.of("lessons"), examples.resolve("lessons"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path rasp = Files.writeString(
                bin.resolve("rasp"),
                String.format(Locale.ROOT, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' io.rasplens.runtime.cli.Main "$@"
                """, Path.of(System.getProperty("java.home"), "bin", "java"), classPath()));
        Files.setPosixFilePermissions(rasp, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Shell(folder);
    }

    /** The lines a command prints, those on stderr among them. */
    public List<String> run(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.merge("PATH", folder.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        // Java tells of these on stderr.
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("COLUMNS");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().map(String::stripTrailing).toList();
    }

    private static void copyPrograms(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".rasp")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
    }
}
