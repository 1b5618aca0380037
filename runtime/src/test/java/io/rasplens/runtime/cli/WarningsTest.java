package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
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

/** Programs that compile, and of which something is worth knowing all the same. */
class WarningsTest {
    private static final String MEAN = "#@ vocab [\"a\", \"b\"]\n#@ max_length 4\nmean = aggregate(full_s, tokens);\n";

    @TempDir
    Path folder = Path.of("");

    @Test
    void inputsOnWhichTheProgramFailsAreTold() throws IOException {
        CommandRun run = compile(MEAN);

        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("certified for every input on which the program has an answer\n", "wrote ")
                .doesNotContain("certified for every input\n");
        assertThat(run.err().replace(folder + "/", "")).isEqualTo("""
                warning[E0711]: 'mean' has no answer on 28 of the 30 inputs of up to 4 tokens, as on ['a', 'a']
                 --> program.rasp:3:8
                  |
                3 | mean = aggregate(full_s, tokens);
                  |        ^^^^^^^^^^^^^^^^^^^^^^^^^
                note: the mean of several strings is not defined
                help: there the model's answer means nothing; leave such tokens out of the vocab, or write the program so that it has an answer there too
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compile", "inspect", "verify"})
    void verbsThatPromiseSayOnWhichInputsThereIsNothingToPromise(String verb) throws IOException {
        CommandRun run = run(verb, MEAN, "--json");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).contains("warning[E0711]");
        JsonObject undefined = run.json().getAsJsonObject("program_fails_on");
        assertThat(undefined.get("example").toString()).isEqualTo("[\"a\",\"a\"]");
        assertThat(undefined.get("tried").getAsInt()).isEqualTo(30);
        assertThat(undefined.get("failing").getAsInt()).isEqualTo(28);

        CommandRun strict = run(verb, MEAN, "--strict");
        assertThat(strict.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(strict.err()).contains("error[E0711]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compile", "inspect", "verify"})
    void aProgramWithAnAnswerEverywhereDrawsNoWarning(String verb) throws IOException {
        String text = "#@ vocab [\"a\", \"b\"]\n#@ max_length 4\ny = selector_width(select(tokens, tokens, ==));\n";
        CommandRun run = run(verb, text, "--json", "--strict");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("program_fails_on").isJsonNull()).isTrue();
    }

    @Test
    void strictWritesNothing() throws IOException {
        CommandRun run = run("compile", MEAN, "--strict", "--json");

        assertThat(run.json().getAsJsonObject("error").get("code").getAsString())
                .isEqualTo("E0711");
        assertThat(folder.resolve("model.safetensors")).doesNotExist();
    }

    /** Far more inputs than can be tried: the example found in the sample is as short as it gets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60  | x = aggregate(full_s, tokens);                                        | [\"a\",\"a\"]",
                "60  | x = 1 / (60 - length);                                                | 60",
                "60  | x = 5 / (selector_width(select(tokens, \"b\", ==)) - 3) + indices;    | [\"b\",\"b\",\"b\"]",
                "200 | x = 1 / indicator(tokens != \"c\") + selector_width(select(tokens, tokens, ==)); | [\"c\"]"
            })
    void anExampleOfASampleIsShort(int length, String text, String example) throws IOException {
        String alphabet = "#@ vocab [\"a\", \"b\", \"c\", \"d\"]\n#@ max_length " + length + "\n";
        CommandRun run = run("compile", alphabet + text.replace("tokens != \"c\"", "not (tokens == \"c\")"), "--json");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).contains(" inputs tried, as on ");
        JsonObject undefined = run.json().getAsJsonObject("program_fails_on");
        if (example.equals("60")) {
            assertThat(undefined.getAsJsonArray("example")).hasSize(60);
        } else {
            assertThat(undefined.get("example").toString()).isEqualTo(example);
        }
        assertThat(undefined.get("failing").getAsInt())
                .isBetween(1, undefined.get("tried").getAsInt());
    }

    @Test
    void veryManyHiddenUnitsAreToldWithWhatTheyAreFor() throws IOException {
        String text = """
                #@ vocab [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]
                #@ max_length 12
                def at(k) { return aggregate(select(indices, indices - k, ==), tokens_int, 0); }
                y = 0;
                for k in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] {
                    y = y + (tokens_int * at(k) + at(k - 1)) % 29;
                }
                """;
        CommandRun run = compile(text);

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.err())
                .contains("warning[E0712]: the model has ", " hidden units; '((tokens_int * ", "program.rasp:6:13");
        assertThat(run("inspect", text, "--strict").exit()).isEqualTo(ExitCode.REJECTED);
    }

    private CommandRun compile(String text) throws IOException {
        return run("compile", text);
    }

    private CommandRun run(String verb, String text, String... options) throws IOException {
        Path program = folder.resolve("program.rasp");
        Files.writeString(program, text);
        List<String> words = new ArrayList<>(List.of(verb, program.toString()));
        words.addAll(List.of(options));
        if (verb.equals("compile")) {
            words.addAll(List.of("-o", folder.resolve("model.safetensors").toString()));
        }
        return CommandRun.of(words.toArray(String[]::new));
    }
}
