package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A class's submissions: each in bounds of its own, and what was found in a file that machines read. */
class TestReportsTest {
    private static final String RIGHT = "y = indices;\n#@ test \"ab\" == [0, 1]\n";

    /** Minutes of work for the compiler. */
    private static final String ENDLESS = """
            #@ vocab [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
            #@ max_length 900
            n = tokens_int;
            place = selector_width(select(n, n, <) or (select(n, n, ==) and select(indices, indices, <)));
            a = aggregate(select(place, indices, ==), n);
            b = selector_width(select(a * n, place * place, <));
            y = aggregate(select(b, indices * a, <), n + a * b);
            #@ test [1, 2] == [0, 1]
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void oneBadFileNeverHarmsTheNext() throws Exception {
        List<String> files = List.of(
                program("1-right.rasp", RIGHT),
                program("2-endless.rasp", ENDLESS),
                program("3-right.rasp", RIGHT),
                program("4-wrong.rasp", "y = indices + 1;\n# <b>\u0001&\"\n#@ test \"ab\" == [0, 1]\n"),
                program("5-broken.rasp", "y = tokns;\n#@ test \"ab\" == [0, 1]\n"),
                folder.resolve("6-missing.rasp").toString(),
                program("7-right.rasp", RIGHT));
        Path report = folder.resolve("report.xml");
        var arguments = new ArrayList<>(List.of("test", "--report", report.toString(), "--time-limit", "10"));
        arguments.addAll(files);
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.out().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "ok    " + files.get(0) + "  y (-O1)  1 test",
                        "FAIL  " + files.get(1) + "  can't be tested",
                        "ok    " + files.get(2) + "  y (-O1)  1 test",
                        "FAIL  " + files.get(3) + "  y (-O1)  1 of 1 test failed",
                        "FAIL  " + files.get(4) + "  can't be tested",
                        "FAIL  " + files.get(5) + "  can't be tested",
                        "ok    " + files.get(6) + "  y (-O1)  1 test",
                        "4 tests in 4 files: 1 failed; 3 files can't be tested");
        assertThat(run.err()).contains("E1123", "E1111");
        assertThat(run.exit()).isEqualTo(ExitCode.INPUT_OUTPUT);
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(report))));
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(7);
        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(3);
        var failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("<b>\uFFFD&\"");
        assertThat(failure.getTextContent()).contains("expected     [0, 1]");
    }

    /** Who learns writes the program, who teaches the tests. */
    @Test
    void aFileWithoutTestsIsHeldToThoseOfTheReference() throws IOException {
        String right = program("right.rasp", "z = indices + 0;\n");
        String wrong = program("wrong.rasp", "z = indices + 1;\n");
        String reference = program("reference.rasp", RIGHT);
        CommandRun run = CommandRun.of("test", right, wrong, "--reference", reference);
        assertThat(run.out())
                .contains(
                        "ok    " + right + "  z (-O1)  1 test",
                        "FAIL  " + wrong + "  z (-O1)  1 of 1 test failed",
                        "line 2 of " + reference + ": ['a', 'b']");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(CommandRun.of("test", right).err()).contains("E1122", "or into a --reference");
    }

    @Test
    void theReportInJsonIsWhatJsonPrints() throws IOException {
        String file = program("right.rasp", RIGHT);
        Path report = folder.resolve("report.json");
        CommandRun run = CommandRun.of("test", file, "--report", report.toString(), "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonObject written = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
        assertThat(written).isEqualTo(run.json());
        assertThat(written.get("passed").getAsInt()).isEqualTo(1);
    }

    @Test
    void memoryIsBoundedToo() throws IOException {
        String big = program("big.rasp", """
                xs = [i for i in range(4000000)];
                ys = [[x, x, x] for x in xs];
                y = indices + len(ys);
                #@ test "ab" == [0, 1]
                """);
        String right = program("right.rasp", RIGHT);
        CommandRun run = CommandRun.of("test", big, right, "--memory", "24", "--time-limit", "20");
        assertThat(run.out()).contains("FAIL  " + big, "ok    " + right);
    }

    @ParameterizedTest
    @CsvSource({"--report,x.txt", "--time-limit,0", "--memory,1"})
    void boundsAndNamesAreCheckedFirst(String flag, String value) throws IOException {
        CommandRun run = CommandRun.of("test", program("right.rasp", RIGHT), flag, value);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("E1103", flag);
    }

    @Test
    void aListAndNamesDoNotGoTogether() throws IOException {
        assertThat(CommandRun.of("test").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("test", program("right.rasp", RIGHT), "--files", "-")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }

    private String program(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
