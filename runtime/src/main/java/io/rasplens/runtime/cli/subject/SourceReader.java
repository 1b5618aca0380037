package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.MistypedLevel;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Program files from disk, every way it can fail told apart. */
public final class SourceReader {
    private static final long MOST_BYTES = 32L << 20;
    private static final int MOST_NEIGHBOURS = 1000;

    private static final Path EXAMPLES = Path.of("examples");

    private SourceReader() {}

    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw failure(text, Diagnostic.error(CliCode.FILE_NOT_FOUND, "'" + text + "' can't be the name of a file"));
        }
    }

    public static SourceFile read(Path path) {
        checkReadable(path);
        if (ModelSubjects.isModel(path)) {
            throw failure(
                    path,
                    Diagnostic.error(CliCode.NOT_A_PROGRAM, path + " is a compiled model, and a program is needed here")
                            .help("name the .rasp file; a model is taken by " + ModelSubjects.VERBS));
        }
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw failure(
                        path,
                        Diagnostic.error(
                                CliCode.FILE_TOO_LARGE, path + " is larger than " + (MOST_BYTES >> 20) + " MB"));
            }
            SourceFile source = SourceFile.of(path);
            if (source.text().indexOf('\0') >= 0) {
                throw notText(path);
            }
            if (path.toString().endsWith(".json")
                    && source.text().stripLeading().startsWith("{")) {
                throw failure(
                        path,
                        Diagnostic.error(CliCode.NOT_A_PROGRAM, path + " is JSON, not a RASP program")
                                .help(modelBeside(path)));
            }
            return source;
        } catch (CharacterCodingException e) {
            throw notText(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Refuses what is no ordinary file before anybody reads it. */
    public static void checkReadable(Path path) {
        checkReadable(path, "name a .rasp file in it");
    }

    /** The same, with the way out where it is a folder or a device. */
    static void checkReadable(Path path, String wayOut) {
        if (Files.isDirectory(path)) {
            throw failure(
                    path,
                    Diagnostic.error(CliCode.NOT_A_FILE, path + " is a directory, not a file")
                            .help(wayOut));
        }
        if (!Files.exists(path)) {
            throw missing(path, Optional.empty());
        }
        if (!Files.isRegularFile(path) && !isStream(path)) {
            throw failure(
                    path,
                    Diagnostic.error(CliCode.NOT_A_FILE, path + " is not an ordinary file")
                            .help(wayOut));
        }
    }

    /**
     * What to say of a file that is not there.
     *
     * @param wayOut what to do where no file has a name like it
     */
    static DiagnosticException missing(Path path, Optional<String> wayOut) {
        Diagnostic missing = Diagnostic.error(CliCode.FILE_NOT_FOUND, "there is no file " + path);
        return failure(
                path,
                MistypedLevel.question(path.toString())
                        .or(() -> meant(path))
                        .or(() -> wayOut)
                        .map(missing::help)
                        .orElse(missing));
    }

    /** The same with its ending or in the folder of the examples, or a name like it in the same folder. */
    private static Optional<String> meant(Path path) {
        Path ended = path.resolveSibling(path.getFileName() + ".rasp");
        Optional<Path> same = Stream.of(ended, EXAMPLES.resolve(path), EXAMPLES.resolve(ended))
                .filter(Files::isRegularFile)
                .findFirst();
        if (same.isPresent()) {
            return same.map(file -> "did you mean '" + file + "'?");
        }
        List<String> near = NearNames.of(String.valueOf(path.getFileName()), neighbours(path), 2);
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of(near.stream()
                        .map(name -> "'" + path.resolveSibling(name) + "'")
                        .collect(Collectors.joining(" or ", "did you mean ", "?")));
    }

    /** Refuses an output that would take the place of what it is made of. */
    public static void checkDistinct(String input, Path output) {
        boolean same;
        try {
            same = Files.exists(output) && Files.isSameFile(path(input), output);
        } catch (IOException e) {
            same = false;
        }
        if (same) {
            throw failure(
                    output,
                    Diagnostic.error(CliCode.UNWRITABLE, output + " is what is read; nothing was changed")
                            .help("give the output another name"));
        }
    }

    public static DiagnosticException unreadable(Path path, IOException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return failure(path, Diagnostic.error(CliCode.UNREADABLE, path + " can't be read: " + reason));
    }

    /** A pipe that the shell made, as in {@code rasp run <(generate)}. */
    private static boolean isStream(Path path) {
        return path.startsWith("/dev/fd") || path.startsWith("/proc/self/fd");
    }

    private static List<String> neighbours(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return ImmutableList.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_NEIGHBOURS)
                    .map(f -> String.valueOf(f.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return ImmutableList.of();
        }
    }

    /** What to name in the place of a model's config or codec. */
    private static String modelBeside(Path json) {
        return neighbours(json).stream()
                .filter(name -> ModelSubjects.isModel(Path.of(name)))
                .findFirst()
                .map(name -> "name the model itself, " + json.resolveSibling(name)
                        + "; what lies beside it is found, or named with --config and --codec")
                .orElse("name a .rasp file, or a model's .safetensors file with --config " + json);
    }

    private static DiagnosticException notText(Path path) {
        return failure(
                path,
                Diagnostic.error(CliCode.NOT_TEXT, path + " is not UTF-8 text")
                        .help("a RASP program is a text file; a compiled model ends in .safetensors"));
    }

    static DiagnosticException failure(Path path, Diagnostic diagnostic) {
        return failure(path.toString(), diagnostic);
    }

    private static DiagnosticException failure(String file, Diagnostic diagnostic) {
        return new DiagnosticException(ImmutableList.of(diagnostic.about(file)));
    }
}
