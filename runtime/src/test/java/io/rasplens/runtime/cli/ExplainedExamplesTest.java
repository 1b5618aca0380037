package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.diagnostic.Explanations;
import io.rasplens.runtime.cli.verb.EveryCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code rasp explain} shows of a mistake is that mistake: its example, tried, is answered with its code. */
class ExplainedExamplesTest {
    private static final Pattern MARKED = Pattern.compile("(.*?)\\s+# (wrong|right|means|what is usually meant).*");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** Lists of forms without a mistake, and examples in words. */
    private static final ImmutableSet<String> OF_NO_PROGRAM =
            ImmutableSet.of("E0113", "E0114", "E0115", "E0118", "E0121", "E0122", "E0128", "E0129", "E0601", "E0603");

    /** Their examples speak of files and sizes that only their words describe, of a folder that root may read, of a desktop. */
    private static final ImmutableSet<String> OF_THIS_PLACE = ImmutableSet.of(
            "E0502", "E0503", "E0904", "E0916", "E1113", "E1115", "E1116", "E1117", "E1121", "E1123", "E1124", "E1125",
            "E9900", "E9901");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        for (String name : List.of("reverse.rasp", "hist.rasp")) {
            Files.copy(Path.of("..", "examples", name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("empty.rasp"), "y = tokens;\n");
        Files.createDirectory(folder.resolve("models"));
        Files.createDirectory(folder.resolve("examples"));
        String reverse = folder.resolve("reverse.rasp").toString();
        String model = folder.resolve("model.safetensors").toString();
        assertThat(CommandRun.of("compile", reverse, "-o", model).exit()).isZero();
    }

    /** {@code x = 1;;   # wrong}: what stands above an unmarked line belongs to it. */
    @Test
    void whatIsCalledWrongIsWrongAndWhatIsCalledRightIsNot() throws IOException {
        int tried = 0;
        for (String code : codes()) {
            List<String> part = new ArrayList<>();
            for (String line : example(code)) {
                Matcher marked = MARKED.matcher(line);
                part.add(marked.matches() ? marked.group(1) : line);
                if (marked.matches()) {
                    boolean wrong =
                            marked.group(2).equals("wrong") || marked.group(2).equals("means");
                    String text = String.join("\n", part) + (code.startsWith("W") ? ";" : "");
                    CommandRun run = evaluated(text);
                    assertThat((run.out() + run.err()).contains("[" + code + "]"))
                            .as(code + ": " + text + "\n" + run.err())
                            .isEqualTo(wrong);
                    part.clear();
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(40);
    }

    /** All that the language itself refuses. */
    @Test
    void theProgramsShownFailAsTheySay() throws IOException {
        int tried = 0;
        for (String code : codes()) {
            List<String> lines = example(code);
            boolean program = code.matches("(E0[2-5]|W03).*") && !lines.isEmpty();
            if (program && !OF_THIS_PLACE.contains(code)) {
                CommandRun run = evaluated(String.join("\n", lines));
                assertThat(run.err()).as(code + ": " + lines).contains("[" + code + "]");
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(25);
    }

    @Test
    void theCommandsShownFailAsTheySay() throws IOException {
        int tried = 0;
        for (String code : codes()) {
            for (String line : example(code)) {
                if (line.startsWith("rasp ") && !OF_THIS_PLACE.contains(code)) {
                    if (code.equals("E0919")) {
                        Files.writeString(folder.resolve("config.json"), "{}");
                    }
                    // A program that has no example of its own.
                    String program = code.equals("E1107")
                            ? "y = tokens;\n"
                            : Files.readString(Path.of("..", "examples", "reverse.rasp"));
                    Files.writeString(folder.resolve("reverse.rasp"), program);
                    CommandRun run =
                            CommandRun.of(words(line.substring("rasp ".length()).replaceFirst("\\s+#.*", "")));
                    assertThat(run.err()).as(code + ": " + line).contains("[" + code + "]");
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(20);
    }

    @Test
    void whatIsLeftOutHasItsExample() throws IOException {
        for (String code :
                Stream.concat(OF_NO_PROGRAM.stream(), OF_THIS_PLACE.stream()).toList()) {
            assertThat(codes()).contains(code);
            assertThat(example(code)).as(code).isNotEmpty();
        }
    }

    private static ImmutableList<String> codes() {
        return EveryCode.ALL.stream().map(code -> code.id()).sorted().collect(ImmutableList.toImmutableList());
    }

    /** The lines set apart, but those of forms alone. */
    private static List<String> example(String code) {
        String text = Explanations.of(code).orElseThrow();
        return Splitter.on('\n')
                .splitToStream(text)
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .toList();
    }

    private CommandRun evaluated(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("shown.rasp"), text + "\n");
        return CommandRun.of("eval", file.toString(), "--input", "ab");
    }

    /** As a shell would split it, files in the test's folder. */
    private String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            String quoted = word.group(1) != null ? word.group(1) : word.group(2);
            String plain = word.group(3);
            boolean file =
                    plain != null && plain.matches("(?!/)[\\w/]+(/|\\.rasp|\\.safetensors|\\.txt|\\.json)|examples");
            words.add(quoted != null ? quoted : file ? folder.resolve(plain).toString() : plain);
        }
        return words.toArray(String[]::new);
    }
}
