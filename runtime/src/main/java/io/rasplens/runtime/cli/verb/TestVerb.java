package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.RunTests;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.print.TestReport;
import io.rasplens.runtime.cli.print.TestedFile;
import io.rasplens.runtime.cli.subject.Expected;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramOptions;
import io.rasplens.runtime.cli.subject.ProgramSubjects;
import io.rasplens.runtime.cli.subject.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rasp test FILE…}: the files' {@code #@ test} lines, on the interpreter and on the transformer. */
@Command(
        header = "Run the #@ test lines of programs on the interpreter and on the transformer.",
        description =
                "A line is '#@ test \"abc\" == [\"c\", \"b\", \"a\"]'; it passes if both sides give that answer, floats"
                        + " to within 1e-6. Exit code 1 if a test fails or a file can't be tested; the other files are tested all"
                        + " the same.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rasp test examples/reverse.rasp",
            "  rasp test examples/*.rasp --json",
            "  rasp test examples/hist.rasp -O0"
        })
public final class TestVerb extends VerbCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = ".rasp programs.")
    private List<String> files = List.of();

    @Mixin
    private ProgramOptions options = new ProgramOptions();

    @Override
    public int run(Console console) {
        // Flags that make no sense are refused before any file is read.
        Level level = options.compileOptions().level();
        List<TestedFile> tested = new ArrayList<>();
        for (String file : files) {
            TestedFile result = test(console, file, level);
            tested.add(result);
            result.error().ifPresent(errors -> Report.print(console, errors));
            if (!json()) {
                console.out().print(TestReport.text(result));
            }
        }
        var report = new TestReport(tested);
        if (json()) {
            Report.json(console, report.json());
        } else {
            console.out().print(report.summary());
        }
        return tested.stream().mapToInt(TestedFile::exit).max().orElse(ExitCode.OK);
    }

    private TestedFile test(Console console, String file, Level level) {
        try {
            Path path = SourceReader.path(file);
            Program program = Program.open(console, path, options.compileOptions());
            if (Iterables.isEmpty(Iterables.filter(program.elaboration().directives(), Directive.Test.class))) {
                return TestedFile.failed(
                        file,
                        level,
                        ImmutableList.of(Diagnostic.error(CliCode.NO_TESTS, file + " has no tests")
                                .about(file)
                                .help("write '#@ test \"abc\" == [\"c\", \"b\", \"a\"]' into it")));
            }
            var chosen = program.chosen();
            var subjects = new ProgramSubjects(console, path, program);
            var tests = new RunTests(
                    input -> Expected.of(chosen, input),
                    input -> subjects.forInput(input).transformer());
            return TestedFile.of(
                    file, chosen.name(), level, tests.run(program.elaboration().directives()));
        } catch (DiagnosticException e) {
            return TestedFile.failed(file, level, e.diagnostics());
        } catch (EngineException e) {
            return TestedFile.failed(file, level, ImmutableList.of(e.diagnostic()));
        }
    }
}
