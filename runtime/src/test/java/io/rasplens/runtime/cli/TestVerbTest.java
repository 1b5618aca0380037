package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestVerbTest {
    private static final String HALF = """
            half = aggregate(select(indices, indices, <=), indicator(tokens == "a"));
            #@ vocab ["a", "b"]
            #@ max_length 3
            """;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void passesWhatBothSidesAnswer(String level) throws IOException {
        String file = program("half.rasp", HALF + """
                #@ test "ab" == [1, 0.5]
                #@ test "baa" == [0, 0.5, 0.666667]
                """);
        CommandRun run = CommandRun.of("test", file, level);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .isEqualTo("ok    " + file + "  half (" + level + ")  2 tests\n2 tests in 1 file: all passed\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "y = indices;            | [0, 1]        | true",
                "y = indices;            | [0.0, True]   | true",
                "y = indices;            | [0, 1, 2]     | false",
                "y = indices;            | [0, 1.0000001]| true",
                "y = indices / 3;        | [0, 0.333334] | true",
                "y = indices / 3;        | [0, 0.333335] | false",
                "y = tokens;             | [\"a\", \"b\"]| true",
                "y = tokens;             | [\"a\", \"a\"]| false",
                "y = tokens == \"a\";    | [1, 0]        | true",
                "y = tokens == \"a\";    | [\"T\", \"F\"]| false"
            })
    void comparesAsRaspDoesAndFloatsNearly(String text, String expected, boolean passes) throws IOException {
        String file = program("y.rasp", text + "\n#@ test \"ab\" == " + expected + "\n");
        JsonObject json = CommandRun.of("test", file, "--json").json();
        assertThat(json.get("passed").getAsInt()).isEqualTo(passes ? 1 : 0);
        assertThat(json.get("failed").getAsInt()).isEqualTo(passes ? 0 : 1);
    }

    @Test
    void showsWhatFailed() throws IOException {
        String file = program("half.rasp", HALF + """
                #@ test "ab" == [1, 0]
                #@ test "ba" == [0, 0.5]
                #@ test "abab" == [1, 0.5, 0.6666666666666666, 0.5]
                """);
        CommandRun run = CommandRun.of("test", file);
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).isEqualTo(String.format(Locale.ROOT, """
                FAIL  %s  half (-O1)  2 of 3 tests failed
                        line 4: ['a', 'b']
                          expected     [1, 0]
                          interpreter  [1, 0.5]   <- differs
                          transformer  [1, 0.5]   <- differs
                        line 6: ['a', 'b', 'a', 'b']
                          expected     [1, 0.5, 0.6666666666666666, 0.5]
                          interpreter  [1, 0.5, 0.6666666666666666, 0.5]
                          transformer  error[E0802]: the input has 4 tokens, but the model takes at most 3   <- differs
                3 tests in 1 file: 2 failed
                """, file));
    }

    @Test
    void aProgramThatFailsOnTheInputFailsItsTest() throws IOException {
        String file = program("y.rasp", """
                y = 1 / indices;
                #@ test "ab" == [0, 1]
                """);
        CommandRun run = CommandRun.of("test", file, "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        JsonObject test = run.json().getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(test.toString()).contains("\"error\"", "zero");
    }

    @Test
    void goesOnAfterAFileThatCannotBeTested() throws IOException {
        String good = program("half.rasp", HALF + "#@ test \"a\" == [1]\n");
        String empty = program("empty.rasp", "y = tokens;");
        String broken = program("broken.rasp", "y = tokns;\n#@ test \"a\" == [1]\n");
        CommandRun run = CommandRun.of("test", empty, broken, good, "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.json().get("passed").getAsInt()).isEqualTo(1);
        assertThat(run.json().getAsJsonArray("files")).hasSize(3);
        assertThat(run.err()).contains("E1122", "unknown name 'tokns'");
        CommandRun missing =
                CommandRun.of("test", good, folder.resolve("none.rasp").toString());
        assertThat(missing.exit()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(missing.out()).endsWith("1 test in 1 file: all passed; 1 file can't be tested\n");
    }

    @Test
    void whatTracrsSubsetLacksIsSaidOnce() throws IOException {
        String file = program("either.rasp", """
                y = selector_width(select(tokens, tokens, ==) or select(indices, 0, ==));
                #@ vocab ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"]
                #@ max_length 100
                #@ test "ab" == [1, 2]
                #@ test "a" == [1]
                """);
        assertThat(CommandRun.of("test", file).exit()).isEqualTo(ExitCode.OK);
        CommandRun run = CommandRun.of("test", file, "-O0");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.err()).containsOnlyOnce("error[").contains("-O1");
    }

    @Test
    void tellsWhatATestIsAboutAndWhereTheProgramGoesAstray() throws IOException {
        String file = program("turn.rasp", """
                #@ vocab ["a", "b"]
                #@ max_length 4
                back = length - indices;
                there = select(indices, back, ==);
                turned = aggregate(there, tokens, "-");
                #@ test "b" == ["b"]
                # The last letter comes first.
                #@ test "ab" == ["b", "a"]
                """);
        String reference = program("right.rasp", """
                back = length - indices - 1;
                there = select(indices, back, ==);
                turned = aggregate(there, tokens, "-");
                """);
        CommandRun run = CommandRun.of("test", file, "--reference", reference);
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).endsWith("""
                        line 8: ['a', 'b']
                          The last letter comes first.
                          expected     ['b', 'a']
                          interpreter  ['-', 'b']   <- differs
                          transformer  ['-', 'b']   <- differs
                          goes astray  back (line 3): [2, 1]
                          reference    [1, 0]
                2 tests in 1 file: 2 failed
                """);
        JsonObject astray = CommandRun.of("test", file, "--reference", reference, "--json")
                .json()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("tests")
                .get(1)
                .getAsJsonObject()
                .getAsJsonObject("astray");
        assertThat(astray.toString())
                .isEqualTo("{\"name\":\"back\",\"line\":3,\"position\":0,\"kind\":\"values\","
                        + "\"actual\":[2,1],\"expected\":[1,0]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // A selector by its name, an unnamed one by the s-op that looks with it, a failure, and another s-op of
                // the value.
                "s = select(indices, indices + 1, ==); y = aggregate(s, indices);  | s (line 1): position 0 looks at 1",
                "y = aggregate(select(indices, 0, ==), indices);                   | y (line 1): position 1 looks at 0",
                "y = 1 / indices;                                           | y (line 1) fails: ",
                "y = aggregate(select(indices, indices, ==), indices + 1);  | y (line 1); what comes before it is right",
                "z = indices; y = z + 1;                                    | y (line 1); what comes before it is right",
            })
    void theFirstThatDiffersIsNamed(String text, String astray) throws IOException {
        program("solutions/y.rasp", """
                s = select(indices, indices, ==);
                z = indices;
                y = aggregate(s, indices);
                """);
        String file = program("y.rasp", text + "\n#@ test \"ab\" == [0, 1]\n");
        assertThat(CommandRun.of("test", file).out()).contains("          goes astray  " + astray);
    }

    /** What a file says of its own inputs is no reason to fail on another's. */
    @Test
    void aReferencesTestsAreRunOnTheInputsThatItIsFor() throws IOException {
        String right = "y = indices;\n#@ test \"abcabc\" == [0, 1, 2, 3, 4, 5]\n#@ test \"d\" == [0]\n";
        String file = program("y.rasp", "#@ vocab [\"a\", \"b\"]\n#@ max_length 5\ny = indices;\n");

        for (String directives : List.of("", "#@ vocab [\"a\", \"b\", \"c\", \"d\"]\n#@ max_length 7\n")) {
            CommandRun run = CommandRun.of("test", file, "--reference", program("right.rasp", directives + right));
            assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.out()).contains("2 tests in 1 file: all passed");
        }
    }

    @Test
    void aReferenceThatDiffersInNothingNamedTellsNothing() throws IOException {
        String reference = program("right.rasp", "other = indices;");
        String file = program("y.rasp", "y = indices + 1;\n#@ test \"ab\" == [0, 1]\n");
        assertThat(CommandRun.of("test", file, "--reference", reference).out()).doesNotContain("goes astray");
    }

    @Test
    void aBlankIsToldToBeOne() throws IOException {
        String file = program("y.rasp", "y = ____;\n#@ test \"ab\" == [0, 1]\n");
        assertThat(CommandRun.of("test", file).err()).contains("E0201", "a blank to fill");
    }

    @Test
    void takesNamesAsTheyCome() throws IOException {
        String good = program("good.rasp", "y = indices;\n#@ test \"ab\" == [0, 1]\n");
        String broken = program("broken.rasp", "y = tokns;");
        CommandRun run = CommandRun.withInput(good + "\r\n" + broken + "\n" + good, "test", "--files", "-", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.jsonLines())
                .extracting(file -> file.get("passed").getAsInt())
                .containsExactly(1, 0, 1);
    }

    private String program(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
