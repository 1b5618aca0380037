package io.rasplens.runtime.cli.verb;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.answer.TestedFile;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.JUnitReport;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.TestReport;
import io.rasplens.runtime.cli.subject.Checked;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.cli.subject.TextLines;
import io.rasplens.runtime.store.TextFiles;
import io.rasplens.runtime.store.json.JsonOut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rasp test FILE…}: the files' {@code #@ test} lines, on the interpreter and on the transformer. */
@Command(
        header = "Run the #@ test lines of programs on the interpreter and on the transformer.",
        description = {
            "A line is '#@ test \"abc\" == [\"c\", \"b\", \"a\"]'; it passes if both sides give that answer, floats"
                    + " to within 1e-6. Of a test that fails, the comment in the line above it is shown. Exit code 1 if a"
                    + " test fails or a file can't be tested; the other files are tested all the same.",
            "%nA reference is a program that answers right and names its s-ops alike; of a wrong answer it is told what is"
                    + " the first to differ, and its tests are run where a file has none. Without --reference, the file of the same name in a folder 'solutions'"
                    + " beside the program is taken, if there is one.",
            "%nWith --report, --time-limit or --memory the files are tested in another process, and one that goes over"
                    + " its bounds fails without harm to the next."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp test examples/reverse.rasp",
            "  rasp test examples/*.rasp --json",
            "  rasp test examples/hist.rasp -O0",
            "  rasp test class/*.rasp --reference solution.rasp --report class.xml"
        })
public final class TestVerb extends VerbCommand {
    private static final int SECONDS = 30;
    private static final int MEGABYTES = 512;
    private static final int LEAST_MEGABYTES = 16;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = ".rasp programs.")
    private List<String> files = List.of();

    @Option(
            names = "--files",
            paramLabel = "FILE|-",
            description =
                    "A text that names programs, one a line, tested as they come; with --json one object per line.")
    private @Nullable String list;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "A .rasp program that answers right (default: solutions/FILE beside each file).")
    private @Nullable String reference;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what was found into a file too: .xml in JUnit's form, or .json.")
    private @Nullable String report;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "The longest time for one file (default: " + SECONDS + ").")
    private @Nullable Integer seconds;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "The most memory for one file (default: " + MEGABYTES + ").")
    private @Nullable Integer megabytes;

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    private final List<JsonObject> tested = new ArrayList<>();
    private int exit = ExitCode.OK;

    @Override
    public int run(Console console) {
        // Flags that make no sense are refused before any file is read.
        check();
        if (report == null && seconds == null && megabytes == null) {
            var tests = new FileTests(
                    console,
                    options.compileOptions(),
                    Optional.ofNullable(reference).map(SourceReader::path));
            each(console, file -> {
                TestedFile result = tests.test(file);
                int code = result.error()
                        .map(ExitCode::of)
                        .orElse(result.failures() == 0 ? ExitCode.OK : ExitCode.REJECTED);
                tell(console, result.json(), code);
            });
        } else {
            int most = megabytes == null ? MEGABYTES : megabytes;
            int longest = seconds == null ? SECONDS : seconds;
            try (var process =
                    new TestProcess(console, options.compileOptions().level(), flags(console), longest, most)) {
                each(console, file -> {
                    JsonObject result = process.test(file);
                    tell(console, result, exit(result));
                });
            }
        }
        finish(console, new TestReport(ImmutableList.copyOf(tested)));
        return exit;
    }

    private void check() {
        options.compileOptions();
        if (files.isEmpty() == (list == null)) {
            throw failure(
                    CliCode.MISSING_ARGUMENT,
                    files.isEmpty() ? "FILE is missing" : "FILE and --files both say what to test",
                    "name programs, as in 'rasp test examples/*.rasp', or a list of them with --files");
        }
        if (seconds != null && seconds < 1) {
            throw failure(CliCode.BAD_VALUE, "--time-limit must be at least 1, got " + seconds, "it counts seconds");
        }
        if (megabytes != null && megabytes < LEAST_MEGABYTES) {
            throw failure(
                    CliCode.BAD_VALUE,
                    "--memory must be at least " + LEAST_MEGABYTES + ", got " + megabytes,
                    "it counts megabytes");
        }
        if (report != null && !isXml(report) && !Ascii.toLowerCase(report).endsWith(".json")) {
            throw failure(
                    CliCode.BAD_VALUE,
                    "--report " + report + " says not what to write",
                    "end the name in .xml (JUnit's form) or .json");
        }
    }

    private void each(Console console, Consumer<String> test) {
        if (list == null) {
            files.forEach(test);
        } else {
            TextLines.each(console, list, test);
        }
    }

    private void tell(Console console, JsonObject file, int code) {
        exit = Math.max(exit, code);
        tested.add(file);
        if (!json()) {
            console.out().print(TestReport.text(file));
            console.out().flush();
        } else if (list != null) {
            Report.json(console, file);
        }
    }

    private void finish(Console console, TestReport all) {
        if (!json()) {
            console.out().print(all.summary());
        } else if (list == null) {
            Report.json(console, all.json());
        }
        if (report != null) {
            String text = isXml(report) ? JUnitReport.xml(all) : JsonOut.pretty(all.json()) + "\n";
            Path target = SourceReader.path(report);
            files.forEach(file -> SourceReader.checkDistinct(file, target));
            Checked.value(console, TextFiles.write(target, text));
        }
    }

    /** The other process tells its own warnings, but a reference that is none is told here, once. */
    private List<String> flags(Console console) {
        var flags = new ArrayList<String>(options.arguments());
        if (reference != null) {
            new FileTests(console, options.compileOptions(), Optional.of(SourceReader.path(reference)));
            flags.add("--reference=" + reference);
        }
        return flags;
    }

    private static int exit(JsonObject file) {
        if (file.has("error")) {
            String code = TestReport.code(file);
            return code.equals(CliCode.FILE_NOT_FOUND.id())
                            || code.equals(CliCode.NOT_A_FILE.id())
                            || code.equals(CliCode.UNREADABLE.id())
                    ? ExitCode.INPUT_OUTPUT
                    : ExitCode.REJECTED;
        }
        return file.get("failed").getAsInt() == 0 ? ExitCode.OK : ExitCode.REJECTED;
    }

    private static boolean isXml(String name) {
        return Ascii.toLowerCase(name).endsWith(".xml");
    }

    private static DiagnosticException failure(CliCode code, String message, String help) {
        return new DiagnosticException(
                ImmutableList.of(Diagnostic.error(code, message).help(help)));
    }
}
