package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions in files, a paragraph of LANGUAGE each: {@code >> } and {@code .. } are typed, the lines below are the answer, with
 * {@code ! } in front of what goes to standard error. {@code @@ name} begins a file to load, {@code @@} ends it, {@code //} is a
 * remark. {@code -Drasplens.record=true} writes the answers anew, to be looked at in the diff.
 */
class SessionTranscriptTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/rasplens/runtime/repl/sessions");
    private static final DiagnosticRenderer RENDERER = DiagnosticRenderer.plain();

    static List<Path> sessions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void answersAsWritten(Path file) throws IOException {
        String expected = Files.readString(file);
        String actual = replay(expected.lines().toList());
        if (Boolean.getBoolean("rasplens.record")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    }

    private static String replay(List<String> lines) {
        var engine = new ReplEngine(new MemoryLoader(files(lines)), (verb, program, input) -> ImmutableList.of());
        var transcript = new StringBuilder();
        boolean inFile = false;
        boolean left = false;
        for (String line : lines) {
            boolean mark = line.startsWith("@@");
            if (mark) {
                inFile = !inFile;
            }
            if (mark || inFile || line.startsWith("// ")) {
                transcript.append(line).append('\n');
            } else if (line.startsWith(">> ") || line.startsWith(".. ")) {
                assertThat(left).as("the session is over before: " + line).isFalse();
                assertThat(engine.continues()).as(line).isEqualTo(line.startsWith("."));
                transcript.append(line).append('\n');
                for (Response response : engine.handle(line.substring(3))) {
                    left |= response instanceof Response.Leave;
                    transcript.append(text(response));
                }
            }
        }
        engine.finish().forEach(response -> transcript.append(text(response)));
        return transcript.toString();
    }

    private static ImmutableMap<String, String> files(List<String> lines) {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        StringBuilder current = null;
        for (String line : lines) {
            if (line.startsWith("@@ ")) {
                current = files.computeIfAbsent(line.substring(3), name -> new StringBuilder());
            } else if (line.equals("@@")) {
                current = null;
            } else if (current != null) {
                current.append(line).append('\n');
            }
        }
        var texts = ImmutableMap.<String, String>builder();
        files.forEach((name, text) -> texts.put(name, text.toString()));
        return texts.build();
    }

    private static String text(Response response) {
        if (response instanceof Response.Output output) {
            return output.text();
        }
        if (response instanceof Response.Problem problem) {
            return marked(RENDERER.render(List.of(problem.diagnostic())));
        }
        if (response instanceof Response.Note note) {
            return marked(note.text() + "\n");
        }
        return response instanceof Response.Picture picture ? marked("drawn: " + picture.name() + "\n") : "";
    }

    private static String marked(String text) {
        return text.lines().map(line -> "! " + line + "\n").reduce("", String::concat);
    }
}
