package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of every help text can be typed as it stands. */
class HelpExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("  (?:(?:printf|echo) '([^']*)' \\| )?rasp (.*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Path HERE = Path.of("");

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyExampleOfEveryHelpTextRuns() throws IOException {
        prepare();
        Set<Path> before = files(HERE);
        int run = 0;
        // The verb that makes the model goes before those that use it.
        List<String> words = new ArrayList<>(Verb.words());
        words.remove("compile");
        words.add(0, "compile");
        words.add("");
        for (String word : words) {
            List<String> examples = CommandRun.of("help", word.isEmpty() ? "--help" : word)
                    .out()
                    .lines()
                    .filter(line -> EXAMPLE.matcher(line).matches())
                    .toList();
            assertThat(examples).as("the examples of " + word).isNotEmpty();
            for (String example : examples) {
                run++;
                runs(example);
            }
        }
        for (Path made : files(HERE)) {
            if (!before.contains(made)) {
                Files.delete(made);
            }
        }
        assertThat(run).isGreaterThan(40);
    }

    private void runs(String example) throws IOException {
        Matcher line = EXAMPLE.matcher(example);
        assertThat(line.matches()).isTrue();
        String stdin = line.group(1) == null ? "" : line.group(1).replace("\\n", "\n");
        String command = line.group(2);
        if (command.equals("repl")) {
            stdin = "tokens;\n";
        }
        CommandRun run = CommandRun.withInput(stdin, words(command.replaceFirst(" > \\S+$", "")));
        if (command.startsWith("view") && run.err().contains("E1124")) {
            // Classes are tested before the page is made of them; the jar's page is asked for where the jar is.
            return;
        }
        assertThat(run.exit()).as(example + "\n" + run.err()).isZero();
        assertThat(run.err()).as(example).doesNotContain("error");
        // Where nothing has to be changed, 'fmt' has nothing to say.
        assertThat(run.out().isEmpty()).as(example).isEqualTo(command.startsWith("fmt --"));
    }

    /** As a shell would split it, files in the test's folder. */
    private String[] words(String command) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            if (word.group(1) != null) {
                words.add(word.group(1));
            } else if (word.group(2).endsWith("/*.rasp")) {
                Path parent =
                        Objects.requireNonNull(folder.resolve(word.group(2)).getParent());
                files(parent).stream()
                        .map(Path::toString)
                        .filter(name -> name.endsWith(".rasp"))
                        .sorted()
                        .forEach(words::add);
            } else if (word.group(2).matches("[\\w/-]+\\.(rasp|safetensors|svg|dot|html|xml)")) {
                words.add(folder.resolve(word.group(2)).toString());
            } else {
                words.add(word.group(2));
            }
        }
        return words.toArray(new String[0]);
    }

    private void prepare() throws IOException {
        Path examples = Files.createDirectory(folder.resolve("examples"));
        for (Path file : files(Path.of("..", "examples"))) {
            if (file.toString().endsWith(".rasp")) {
                Files.copy(file, examples.resolve(String.valueOf(file.getFileName())));
            }
        }
        // One short program under the names that the help texts use for one's own.
        Path program = examples.resolve("reverse.rasp");
        Files.copy(program, folder.resolve("program.rasp"));
        Files.copy(program, folder.resolve("solution.rasp"));
        Files.createDirectory(folder.resolve("class"));
        Files.copy(program, folder.resolve("class/ada.rasp"));
    }

    private static Set<Path> files(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return new HashSet<>(files.filter(Files::isRegularFile).toList());
        }
    }
}
