package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.subject.SubjectOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line that is wrong in a usual way is told to do is what was meant, in the words that were written. */
class WaysOutTest {
    @TempDir
    Path folder = Path.of("");

    private String program = "";
    private String model = "";

    @BeforeEach
    void write() throws IOException {
        program = folder.resolve("reverse.rasp").toString();
        Files.copy(Path.of("..", "examples", "reverse.rasp"), Path.of(program));
        model = folder.resolve("m.safetensors").toString();
    }

    private void compile() {
        assertThat(CommandRun.of("compile", program, "-o", model).exit()).isEqualTo(ExitCode.OK);
    }

    /** In both spellings. */
    @ParameterizedTest
    @ValueSource(strings = {"x.png", "x.pdf", "x.html"})
    void aPictureThatIsNoSvgIsRefusedHoweverItIsWritten(String name) {
        CommandRun two = CommandRun.of("cache", program, "--plot", name);
        CommandRun one = CommandRun.of("cache", program, "--plot=" + name);
        assertThat(one.err()).contains("--plot " + name + " is not the name of an SVG", "end the name in .svg");
        assertThat(two.err()).isEqualTo(one.err());
        assertThat(two.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anSvgIsOneInCapitalsToo() {
        String name = folder.resolve("x.SVG").toString();
        CommandRun run = CommandRun.of("cache", program, "--plot", name);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(Path.of(name)).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            length[0] == 2  | --set takes one '=', got length[0] == 2             | --set 'length[0]=2'
            length=2        | --set takes name[position]=value, got length=2      | --set 'length[0]=2'
            length == 2     | --set takes name[position]=value                    | --set 'length[0]=2'
            length[0]       | --set takes name[position]=value                    | 'opposite[2]=0'
            length[0]=1, 2  | --set takes one value, got 2                        | 'length[0]=0'
            mirror[0]=2     | 'mirror' is a selector, and only s-ops can be set   | set an s-op
            tokens[0]=2     | the tokens are the input and cannot be set          | change the input
            indices[0]=2    | the indices are where the tokens stand              | made of them
            lenght[0]=2     | the s-op 'lenght' cannot be set in this model       | did you mean 'length'?
            """)
    void aSettingThatIsNoneIsToldInItsOwnWords(String set, String message, String help) {
        assertThat(CommandRun.of("patch", program, "--keep", "all", "--set", set)
                        .err())
                .contains(message, help);
    }

    @Test
    void theOptionNamedIsTheOneThatWasGiven() {
        assertThat(CommandRun.of("patch", program, "--corrupted", "123").err())
                .contains("as numbers it is --corrupted '[1, 2, 3]'")
                .doesNotContain("--input");
        assertThat(CommandRun.of("patch", program, "--input", "123", "--corrupted", "[1, 2, 2]")
                        .err())
                .contains("as numbers it is --input '[1, 2, 3]'");
    }

    @Test
    void whatIsNoFileOfInputsIsTold() throws IOException {
        assertThat(CommandRun.of("run", program, "--inputs", folder.toString()).err())
                .contains("is a directory", "name a text file with an input on each line");
        Path wide =
                Files.write(folder.resolve("wide.txt"), "\uFEFF[1, 2]\n[2, 1]\n".getBytes(StandardCharsets.UTF_16LE));
        CommandRun run = CommandRun.of("run", program, "--inputs", wide.toString());
        assertThat(run.err())
                .contains("wide.txt is text in UTF-16, not in UTF-8", "save the inputs as UTF-8")
                .containsOnlyOnce("error[");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eval", "draw", "fmt", "test"})
    void aModelIsNoProgram(String verb) {
        compile();
        assertThat(CommandRun.of(verb, model).err())
                .contains("error[E1118]", "is a compiled model, and a program is needed here", "is taken by run, ");
    }

    /** The list in the message is that of the verbs. */
    @ParameterizedTest
    @EnumSource(Verb.class)
    void theVerbsSaidToTakeAModelDo(Verb verb) {
        compile();
        boolean takes = Arrays.stream(verb.command().getClass().getDeclaredFields())
                .anyMatch(field -> field.getType() == SubjectOptions.class);
        String list = CommandRun.of("eval", model).err().replaceAll("(?s).*is taken by ", "");
        List<String> named = Arrays.asList(list.strip().split(", | and "));
        assertThat(named.contains(verb.word())).isEqualTo(takes || verb == Verb.VIEW);
    }

    @Test
    void theConfigOfAModelIsNoProgram() {
        compile();
        assertThat(CommandRun.of("run", folder.resolve("config.json").toString())
                        .err())
                .contains("error[E1118]", "config.json is JSON, not a RASP program", "name the model itself, " + model);
    }

    /** The place is that in the file of inputs, as it is on the error stream. */
    @Test
    void anInputThatFailsHasItsPlaceInItsFile() throws IOException {
        String bad = Files.writeString(folder.resolve("bad.txt"), "[1, 2]\n[2, 9]\n[1]\n[1, \n")
                .toString();
        List<JsonObject> answers =
                CommandRun.of("run", program, "--inputs", bad, "--json").jsonLines();
        assertThat(place(answers.get(1))).isEqualTo(bad + ":2");
        assertThat(place(answers.get(3))).isEqualTo(bad + ":4");
        assertThat(place(CommandRun.withInput("[9]\n", "run", program, "--inputs", "-", "--json")
                        .json()))
                .isEqualTo("-:1");
    }

    private static String place(JsonObject answer) {
        JsonObject error = answer.getAsJsonObject("error");
        return error.get("file").getAsString() + ":" + error.get("line").getAsInt();
    }

    @ParameterizedTest
    @CsvSource({"-02,-O2", "--O2,-O2", "--o1,-O1", "-00,-O0"})
    void aLevelMistypedIsToldAsItIsWritten(String typed, String meant) {
        assertThat(CommandRun.of("run", typed, program).err()).contains("did you mean " + meant + "?");
        assertThat(CommandRun.of("run", program, typed).err()).contains("did you mean " + meant + "?");
    }

    @Test
    void allIsWrittenSmall() {
        assertThat(CommandRun.of("run", program, "--keep", "All").err()).contains("did you mean 'all'?");
    }

    /** The interpreter answers whatever the input; what the transformer would refuse is said. */
    @Test
    void evalSaysWhatGoesBeyondItsOptions() {
        CommandRun token = CommandRun.of("eval", program, "--vocab", "ab", "--input", "abx");
        assertThat(token.exit()).isEqualTo(ExitCode.OK);
        assertThat(token.out()).contains("output  ['x', 'b', 'a']");
        assertThat(token.err())
                .contains("warning[E0801]: the token 'x' is not in the vocabulary of --vocab", "'rasp run' refuses it");
        assertThat(CommandRun.of("eval", program, "--max-length", "2", "--input", "abcd")
                        .err())
                .contains("warning[E0802]: the input has 4 tokens, and --max-length is 2");
        assertThat(CommandRun.of("eval", program, "--vocab", "[1, 2]", "--max-length", "2", "--input", "[1.0, 2]")
                        .err())
                .isEmpty();
        CommandRun many = CommandRun.withInput("abx\nxa\nab\n", "eval", program, "--vocab", "ab", "--inputs", "-");
        assertThat(many.out().lines()).hasSize(3);
        assertThat(many.err()).containsOnlyOnce("warning");
    }

    @Test
    void theTruthIsWrittenTrue() {
        assertThat(CommandRun.of("run", program, "--vocab", "[1, true]").err())
                .contains("the truth value is written True; for the string, write \"true\"");
    }
}
