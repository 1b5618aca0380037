package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type in their first hour, and the way out that each mistake must show. */
class FirstHourTest {
    private static final String REVERSE =
            Path.of("..", "examples", "reverse.rasp").toString();

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "123             | as numbers it is --input '[1, 2, 3]'",
                "1,2,3           | as numbers it is --input '[1, 2, 3]'",
                "3 2             | as numbers it is --input '[3, 2]'",
                "789             | numbers are written as a list: --input '[1, 2, 3]'",
                "xyz             | numbers are written as a list: --input '[1, 2, 3]'",
                "[7]             | for other tokens give --vocab",
                "[\"a\"]         | numbers are written as a list: --input '[1, 2, 3]'",
                "[1,2,3,1,2,3,1] | --max-length 7, or write '#@ max_length 7' into the file"
            })
    void anInputThatTheModelDoesNotTakeShowsOneThatItDoes(String input, String wayOut) {
        CommandRun run = CommandRun.of("run", REVERSE, "--input", input);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("help: ", wayOut);
    }

    @Test
    void theWayOutWorks() {
        assertThat(CommandRun.of("run", REVERSE, "--input", "[1, 2, 3]").out()).contains("[3, 2, 1]");
        assertThat(CommandRun.of("run", REVERSE, "--input", "[1,2,3,1,2,3,1]", "--max-length", "7")
                        .exit())
                .isZero();
    }

    @Test
    void textsAreWrittenAsTexts() throws IOException {
        Path file = program("y = tokens;\n#@ vocab [\"1\", \"2\"]\n#@ max_length 3\n");
        assertThat(CommandRun.of("run", file.toString(), "--input", "[1, 2]").err())
                .contains("the model's tokens are texts: --input '[\"1\", \"2\"]'");
    }

    @Test
    void aLongTokenIsNotEchoedWhole() {
        CommandRun run = CommandRun.of("run", REVERSE, "--input", "[\"" + "x".repeat(1_000_000) + "\"]");
        assertThat(run.err().length()).isLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "def f(x): return x;                                             | a block stands in braces: def f(x) { return x; }",
                "y = [t for t in tokens];                                        | is done at every position at once",
                "y = aggregate(select(tokens, tokens, ==) and (indices > 2), 1); | select(condition, True, ==)",
                "y = aggregate(tokens, select(tokens, tokens, ==));              | the two are swapped: aggregate(selector, s-op)",
                "y = indices[length];                                            | aggregate(select(indices, place, ==), s-op)",
                "y = 1 if select(tokens, tokens, ==) else 0;                     | selector_width(s) > 0",
                "y = select(tokens, tokens, \"==\");                             | the comparison stands without quotes",
                "print(tokens);                                                  | 'rasp eval' shows an s-op",
                "y = sum(tokens);                                                | a sum is average(x) * length",
                "y = mean(tokens);                                               | the mean over all positions is average(x)",
                "set example abc                                                 | set example \"abc\"",
                "exit;                                                           | a command ends with its line",
                "y = tokens && tokens;                                           | logical 'and' is the word",
                "y = len(tokens);                                                | the length of the input is the s-op 'length'",
                "return tokens;                                                  | a file gives the s-op that it assigns last",
                "y = selector_width(tokens);                                     | make one with select(key, query, ==)",
                "y = range(length);                                              | the positions of an input are the s-op indices",
                "y = zip(tokens, indices);                                       | worked out at every position",
                "y = \"a\" + indices;                                             | a string and a number don't go together",
                "y = f\"{tokens}\";                                               | '+' joins strings",
                "y = tokens[1:];                                                 | shift(x, -1, 0) moves all by one place",
                "y = select(indices == indices);                                 | the comparison comes last",
                "y = select(indices, indices, == or <);                          | select(a, b, ==) or select(a, b, <)",
                "y = select(tokens, [\"a\"], in);                                 | select(key in [1, 2], True, ==)",
                "y = indices; y++;                                               | write it out: x = x + 1;",
                "y := indices;                                                   | an assignment is '='",
                "def f(x) -> int { return x; }                                   | a function only names its parameters",
                "y = indices; y[0] = 1;                                          | nothing is changed in place",
                "y = [1, 2](0);                                                  | a place in a list stands in square brackets",
                "y = 1 / indices;                                                | divide by x if x > 0 else 1",
                "y = aggregate(full_s, tokens);                                  | select one position for each query",
                "y = tokens in \"abc\";                                           | each on its own: tokens in [\"a\", \"b\"]",
                "y = range(5) + indices;                                         | write list[indices]",
                "y == tokens;                                                    | to give it a value write y = …;",
                "y = \"a\" if tokens == \"b\" else 1;                             | all strings, all bools or all numbers",
                "y = if indices > 2 then 1 else 0;                               | its condition in the middle: a if c else b",
                "y = indices > 2 ? 1 : 0;                                        | a conditional is an expression: a if c else b",
                "y = length(tokens);                                             | an s-op stands without brackets",
                "y = indices();                                                  | an s-op stands without brackets",
                "y = str(indices) + tokens;                                      | a table makes strings of numbers, by a list: [\"0\", \"1\", \"2\"][indices]",
                "y = str(tokens);                                                | tokens_str reads the tokens as strings",
                "y = int(indices / 2);                                           | round(x) is the nearest whole number",
                "y = int(tokens);                                                | tokens_int reads the tokens as ints",
                "y = float(indices);                                             | an int times 1.0 is a float",
                "y = bool(indices);                                              | a comparison makes truth values: x > 0",
                "y = sorted(tokens, reverse=True);                               | sort(x, key) sorts by a key",
                "y = tokens not in [\"a\"];                                        | not (tokens in [\"a\"])",
                "y = indices // 2;                                               | (x - x % 2) / 2",
                "y = Map(lambda t: t + 1, tokens);                               | write the expression itself",
                "y = SelectorWidth(full_s);                                      | write selector_width for SelectorWidth",
                "y = SelectorWidth(Select(tokens, tokens, ==));                  | write select for Select",
                ">> y = indices;                                                 | leave out the prompt '>>'",
                "y = selector_width(select(tokens, tokens, ==, indices);         | a ')' is missing behind this '=='",
                "def f(x, n=1) { return x + n; }                                 | def f(x, n), and give the value where it is called: f(x, 1)",
                "y = tokens(0);                                                  | stands in square brackets: x[0]",
                "y = indices mod 2;                                              | the remainder is a % b",
                "y = sqrt(indices);                                              | a square root is x ^ 0.5",
                "int y = indices;                                                | an assignment needs no word",
                "y = x = indices;                                                | one name at a time: x = …; y = x;",
                "y = {0: \"a\"}[indices];                                        | each value that is asked for needs a key",
                "y = [5][indices];                                               | x % n stays below n",
                "y = True + \"a\";                                               | \"1\" is a string, 1 a number",
                "y = aggregate(select(indices, indices - 1, ==), tokens);        | of the values' kind, as in aggregate(s, x, \"-\")",
                "y = select;                                                     | with its brackets: select(key, query, ==)",
                "y = tokens; y                                                   | every statement ends with ';'",
                "def f(n) { return 1 if n < 1 else f(n - 1); } y = f(indices);   | works out both branches",
                "y = null;                                                       | no value stands for nothing",
                "y = tokens_int;                                                 | it reads numbers, and strings of digits",
                "output y;                                                       | on a line of its own: #@ output",
                "y = frobnicate(indices);                                        | shows what the library has",
                "y, z = indices;                                                 | a, b = x, y;"
            })
    void aHabitFromPythonGetsItsWayOut(String statement, String wayOut) throws IOException {
        CommandRun run = CommandRun.of("eval", program(statement).toString(), "--input", "ab");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("help: ", wayOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run --input 1 2 3        | --input '[1, 2, 3]'",
                "run 123                  | an input is given as --input 123",
                "run other.rasp           | it works on one file at a time",
                "run -i 123               | did you mean --input or --inputs?",
                "run --inputs 123         | one input alone is --input TEXT",
                "run --vocab 1,2,3        | a list stands in them: --vocab '[1, 2, 3]'",
                "run --input (1,2,3)      | as numbers it is --input '[1, 2, 3]'",
                "run --input [a]          | for the string, write",
                "run --sop mirror         | selector_width(mirror)",
                "run --sop foo            | its s-ops are opposite, reverse",
                "repl                     | load \"../examples/reverse\";"
            })
    void aSlipOnTheCommandLineGetsItsWayOut(String words, String wayOut) {
        List<String> all = new ArrayList<>(Splitter.on(' ').splitToList(words));
        all.add(1, REVERSE);
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("help: ", wayOut);
    }

    @ParameterizedTest
    @CsvSource({"../examples/reverse", "../examples/revers.rasp"})
    void aFileThatIsNotThereIsLookedForNearby(String name) {
        assertThat(CommandRun.of("run", name).err())
                .contains("there is no file " + name, "did you mean '../examples/reverse.rasp'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "y = tokens == 1;                         | tokens_int for the numbers",
                "y = 1 == tokens;                         | tokens_int for the numbers",
                "y = tokens == True;                      | tokens_bool for the truth values",
                "y = tokens in [1, 2];                    | put the elements in quotes, or write tokens_int",
                "y = 1 in tokens;                         | tokens_int for the numbers",
                "y = indices in [\"a\"];                   | numbers stand without quotes",
                "y = tokens == length;                    | tokens_int for the numbers",
                "y = indices * 2 == tokens_str;           | tokens_int for the numbers",
                "y = tokens == indicator(tokens == \"a\"); | tokens_int for the numbers",
                "y = tokens == (indices > 1);             | tokens_bool holds their truth values",
                "y = selector_width(select(tokens, indices, ==)); | tokens_int for the numbers",
                "y = selector_width(select(length, tokens, !=)); | tokens_int for the numbers",
                "y = (indices > 1) == \"True\";            | True and False stand without quotes",
                "y = [\"a\", \"b\"][indices % 2] + \"!\" == indices; | one side holds strings, the other numbers",
                "y = count(tokens, 1);                    | tokens_int for the numbers",
                "y = selector_width(select(tokens, 1, ==)); | write \"1\" for the string",
                "y = indices == \"0\";                    | a number stands without quotes",
                "y = [0, 1] == indices;                   | x in [1, 2] asks whether it is one of them"
            })
    void aComparisonThatNeverHoldsIsWarnedOf(String statement, String wayOut) throws IOException {
        CommandRun run = CommandRun.of("eval", program(statement).toString(), "--input", "ab");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("warning[W0301]", wayOut);
        CommandRun session = CommandRun.withInput(statement + "\n", "repl");
        assertThat(session.out() + session.err()).contains("warning[W0301]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = tokens == \"1\";",
                "y = tokens_asis == 1;",
                "tokens = tokens_int; y = tokens == 1;",
                "y = tokens_int == 1.0;",
                "y = tokens in [\"1\"];",
                "y = selector_width(select(tokens_asis, indices, ==));",
                "y = tokens_int == indices;",
                "y = tokens_int in [1];",
                "y = aggregate(full_s, tokens_int) == indices;",
                "y = load_from_location(tokens, 0) == tokens;",
                "y = [0, 5][indices] == indices;",
                "y = tokens * 2 == \"11\";",
                "y = indices == True;"
            })
    void oneThatMayHoldIsNot(String statement) throws IOException {
        CommandRun run = CommandRun.of("eval", program(statement).toString(), "--input", "[1, 2]");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tokens = \"abca\";     | #@ example \"abca\" | set example \"abca\"",
                "tokens = [\"a\", 1];   | #@ example [\"a\", 1] | set example [\"a\", 1]",
                "tokens = 3;            | #@ example \"abc\" | set example \"abc\"",
                "tokens, y = \"ab\", 1; | #@ example \"ab\" | set example \"ab\"",
            })
    void tokensBoundToAConstantAreWarnedOf(String statement, String directive, String command) throws IOException {
        CommandRun run =
                CommandRun.of("eval", program(statement + " z = indices;").toString(), "--input", "ab");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("warning[W0302]", directive, "--input");
        CommandRun session = CommandRun.withInput(statement + "\n", "repl");
        assertThat(session.out() + session.err()).contains("warning[W0302]", command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{1: 5, 2: 6}[tokens]", "[5, 6, 7][tokens]", "average(tokens)", "tokens + indices"})
    void whoCountsWithTokensIsToldOfTheNumbers(String expression) throws IOException {
        String path = program("y = " + expression + ";").toString();
        for (String verb : List.of("eval", "run")) {
            CommandRun run = CommandRun.of(verb, path, "--input", "[1, 2]");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("tokens_int reads them as numbers");
        }
        String meant = program("y = " + expression.replace("tokens", "tokens_int") + ";")
                .toString();
        assertThat(CommandRun.of("eval", meant, "--input", "[1, 2]").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{1: 5, 2: 6}[tokens]", "average(tokens)", "{\"1\": 5, \"2\": 6}[tokens]"})
    void whoseTokensAreNoNumbersIsNot(String expression) throws IOException {
        CommandRun run =
                CommandRun.of("eval", program("y = " + expression + ";").toString(), "--input", "ab");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("help:").doesNotContain("tokens_int");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = rasp.Aggregate(rasp.Select(rasp.indices, rasp.indices, rasp.Comparison.EQ), rasp.tokens);",
                "y = rasp.SelectorWidth(rasp.Select(rasp.tokens, rasp.tokens, rasp.Comparison.EQ)); z = rasp.Map(f, y);",
                "\"\"\"Reverse\"\"\" y = indices;",
                "'''Reverse''' y = indices;",
            })
    void aTextOfPythonIsToldOnce(String statement) throws IOException {
        CommandRun run = CommandRun.of("eval", program(statement).toString(), "--input", "ab");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).containsOnlyOnce("error[");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "set example \"abc\"~y = indices;                            | [0, 1, 2]",
                "y = indices;~set s-op example [7, 8]                       | [0, 1]",
                "set example \"a\"~set example \"ab\"~y = indices;             | [0, 1]",
                "set example \"abc\"~#@ example \"ab\"~set example \"abcd\"~y = indices; | [0, 1]",
                "set example \"abc\"~set selector example \"ab\"~y = indices;  | [0, 1, 2]",
            })
    void anExampleThatIsSetInAFileIsItsInput(String text, String output) throws IOException {
        String path = program(text.replace('~', '\n')).toString();
        CommandRun run = CommandRun.of("run", path);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("output       " + output + "\n");
        assertThat(CommandRun.of("eval", path).out()).contains(output);
        assertThat(CommandRun.of("run", path, "--input", "[7]").out()).contains("output       [0]\n");
    }

    @Test
    void anExampleForSelectorsAloneIsNoInput() throws IOException {
        CommandRun run = CommandRun.of(
                "run", program("set selector example \"ab\"\ny = indices;").toString());
        assertThat(run.err()).contains("error[E1107]", "#@ example");
    }

    @Test
    void aFileThatAssignsNoSOpIsToldWhatItAssigns() throws IOException {
        assertThat(CommandRun.of("eval", program("y = 5;").toString(), "--input", "ab")
                        .err())
                .contains("the file assigns no s-op", "'y' is an atom, not an s-op");
    }

    @Test
    void aProgramThatFailsOnEveryInputSaysWhy() throws IOException {
        CommandRun run = CommandRun.of("run", program("y = tokens + 1;").toString(), "--input", "[1, 2]");
        assertThat(run.err())
                .contains("error[E0702]", "note: on the input [1, 2]", "tokens_int reads them as numbers")
                .doesNotContain("rasp eval");
    }

    @Test
    void whatRaspPrintsIsAnInput() {
        String printed = "['a', \"it's\", 'x\\n\\t\\\\ \\x1b \\u202e', 1, -2.5, 1e+300, True, 'ä🎈']";
        CommandRun once = CommandRun.of("eval", echo(), "--sop", "y", "--input", printed);
        assertThat(once.out()).contains("input   " + printed);
    }

    private String echo() {
        try {
            return program("y = indices;").toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fault of the program is the same on each line. */
    @Test
    void aFaultOfTheProgramIsToldOnce() throws IOException {
        Path file = program("y = tokens_int / 0;");
        CommandRun run = CommandRun.withInput(
                "ab\ncd\nef\n", "run", file.toString(), "--inputs", "-", "--vocab", "abcdef", "--max-length", "2");
        assertThat(run.err().split("error\\[", -1)).hasSize(2);
        assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.startsWith("error["));
    }

    @Test
    void inputsWithAMarkOrWithOtherBytes() throws IOException {
        byte[] lines = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', 'b', '\n', (byte) 0xe4, 'b', '\n', 'b', 'a', '\n'};
        Path inputs = Files.write(folder.resolve("inputs.txt"), lines);
        CommandRun run = CommandRun.of("eval", program("y = tokens;").toString(), "--inputs", inputs.toString());
        assertThat(run.out().lines())
                .containsExactly("['a', 'b']", "error[E1115]: the line is not UTF-8 text", "['b', 'a']");
        assertThat(run.exit()).isEqualTo(1);
    }

    /** Each example, loaded into a session, is tried on its own example. */
    @Test
    void everyExampleLoads() throws IOException {
        try (var files = Files.list(Path.of("..", "examples"))) {
            for (String name : files.map(f -> String.valueOf(f.getFileName()))
                    .filter(f -> f.endsWith(".rasp"))
                    .sorted()
                    .toList()) {
                String bare = name.substring(0, name.length() - ".rasp".length());
                CommandRun run = CommandRun.withInput("load \"../examples/" + bare + "\";\n", "repl");
                assertThat(run.err()).as(name).doesNotContain("error");
            }
        }
    }

    @Test
    void anErrorInALoadedFileHasNoFollowers() throws IOException {
        Path file = program("a = tokns;\nb = a + 1;\nc = b * a;\nfor i in [1, 2] { c = c + b; }\nd = indices;\n");
        String path = file.toString().substring(0, file.toString().length() - ".rasp".length());
        CommandRun run = CommandRun.withInput("load \"" + path + "\";\n", "repl");
        assertThat(run.err().split("error\\[", -1)).as(run.err()).hasSize(2);
        assertThat(run.out()).contains("d");
    }

    private Path program(String text) throws IOException {
        return Files.writeString(folder.resolve("p.rasp"), text + (text.endsWith("\n") ? "" : "\n"));
    }
}
