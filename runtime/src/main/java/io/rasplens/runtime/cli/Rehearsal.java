package io.rasplens.runtime.cli;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.cli.print.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Goes once through what people do most, on a small program and without a word, so that the classes of it are loaded. Java then archives
 * them for the launcher.
 */
public final class Rehearsal {
    private static final String PROGRAM = """
            #@ vocab ["a", "b"]
            #@ max_length 3
            #@ example "ab"
            def previous(seq) { return aggregate(select(indices, indices - 1, ==), seq, "-"); }
            first = {"a": 1, "b": 2}[tokens] + indices;
            share = aggregate(select(indices, indices, <=), indicator(tokens == "a"));
            hist = selector_width(select(tokens, tokens, ==));
            moved = shift(tokens, 1, "-") if hist > 1 and not (share > 0.5) else previous(tokens);
            #@ test "ab" == ["-", "a"]
            """;

    private static final String BEFORE_LAST = "hist";

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("rasp");
        try {
            run(folder);
        } finally {
            delete(folder);
        }
    }

    /** The exit codes of the commands, in order. */
    static ImmutableList<Integer> run(Path folder) throws IOException {
        String file =
                Files.writeString(folder.resolve("rehearsal.rasp"), PROGRAM).toString();
        String wrong =
                Files.writeString(folder.resolve("wrong.rasp"), "x = tokns;\n").toString();
        String model = folder.resolve("model.safetensors").toString();
        var exits = ImmutableList.<Integer>builder();
        for (List<String> words : List.of(
                List.of("run", file),
                List.of("run", file, "--sop", BEFORE_LAST, "--input", "[\"a\"]", "-O0", "--json"),
                List.of("run", wrong),
                List.of("eval", file),
                List.of("compile", file, "-o", model),
                List.of("run", model),
                List.of("inspect", file),
                List.of("cache", file),
                List.of("patch", file, "--corrupted", "bb"),
                List.of("verify", file),
                List.of("test", file),
                List.of("draw", file, "-o", folder.resolve("drawn.svg").toString()),
                List.of("repl"),
                List.of("explain", "E0201"),
                List.of("run", "--help"))) {
            exits.add(Rasp.run(silent(), words.toArray(String[]::new)));
        }
        return exits.build();
    }

    private static Console silent() {
        var statements = new ByteArrayInputStream("x = tokens;\nx + 1;\n".getBytes(StandardCharsets.UTF_8));
        return Console.of(statements, nowhere(), nowhere());
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            files.forEach(all::add);
        }
        Collections.reverse(all);
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
