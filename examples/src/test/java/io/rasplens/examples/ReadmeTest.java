package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README shows what the commands in it really print. A line that starts with {@code $ } in a block of code is a command, the
 * lines up to the next one its output. {@code -Drecord=true} writes the outputs anew instead of comparing them.
 */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";

    @TempDir
    Path folder = Path.of("");

    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        shell = Shell.withRasp(folder);
    }

    @Test
    void showsWhatTheCommandsPrint() throws Exception {
        List<String> shown = Files.readAllLines(README);
        List<String> real = replay(shown);
        if (Boolean.getBoolean("record")) {
            Files.write(README, real);
        }
        assertThat(withoutRounding(Files.readAllLines(README))).isEqualTo(withoutRounding(real));
        assertThat(real).anyMatch(line -> line.startsWith("output "));
    }

    @Test
    void theTourTakesInTheVerbs() throws IOException {
        List<String> lines = Files.readAllLines(README);
        for (String verb : List.of(
                "run",
                "eval",
                "compile",
                "inspect",
                "cache",
                "patch",
                "interchange",
                "circuit",
                "ablate",
                "verify",
                "test",
                "view",
                "draw",
                "repl",
                "explain")) {
            assertThat(lines).as(verb).anyMatch(line -> line.startsWith(PROMPT) && line.contains("rasp " + verb));
        }
        assertThat(lines).anyMatch(line -> line.contains("--plot"));
    }

    @Test
    void theJavaLinesAreThoseOfATest() throws IOException {
        List<String> lines = Files.readAllLines(README);
        String code = squeeze(
                Files.readString(Path.of("src", "test", "java", "io", "rasplens", "examples", "JavaApiTest.java")));
        int blocks = 0;
        for (int start = 0; start < lines.size(); start++) {
            if (lines.get(start).equals(FENCE + "java")) {
                List<String> rest = lines.subList(start + 1, lines.size());
                assertThat(code).contains(squeeze(String.join("\n", rest.subList(0, rest.indexOf(FENCE)))));
                blocks++;
            }
        }
        assertThat(blocks).isEqualTo(3);
        assertThat(lines)
                .contains("java -cp examples/target/rasplens-examples-0.1.0-SNAPSHOT.jar:runtime/target/rasp.jar "
                        + ReverseNotebook.class.getName() + " examples/reverse.rasp");
    }

    /** What is left of rounding, some 1e-16, may differ from one Java to the next. */
    private static List<String> withoutRounding(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\\b\\d(\\.\\d+)?e-1\\d\\b", "rounding"))
                .toList();
    }

    /** Code without comments at line ends and without white space, which the formatter moves about. */
    private static String squeeze(String code) {
        return code.replaceAll("//.*", "").replaceAll("\\s+", "");
    }

    /** The lines, with each command's output replaced by what it prints. */
    private List<String> replay(List<String> lines) throws IOException, InterruptedException {
        List<String> out = new ArrayList<>();
        boolean inBlock = false;
        boolean inOutput = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                inBlock = !inBlock;
                inOutput = false;
            }
            if (inBlock && line.startsWith(PROMPT)) {
                out.add(line);
                out.addAll(shell.run(line.substring(PROMPT.length())));
                inOutput = true;
            } else if (!inOutput) {
                out.add(line);
            }
        }
        return out;
    }
}
