package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Astray;
import io.rasplens.runtime.analysis.FindAstray;
import io.rasplens.runtime.analysis.RunTests;
import io.rasplens.runtime.answer.Expected;
import io.rasplens.runtime.answer.FitOptions;
import io.rasplens.runtime.answer.TestedFile;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Faults;
import io.rasplens.runtime.cli.print.OutputFailed;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.Program;
import io.rasplens.runtime.cli.subject.ProgramSubjects;
import io.rasplens.runtime.cli.subject.SourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Tests files in this process, one after another; what befalls one is told of it, and the next begins afresh. */
final class FileTests {
    private static final String SOLUTIONS = "solutions";

    private final Console console;
    private final CompileOptions options;
    private final Optional<Elaboration> reference;

    /**
     * For files that are compiled alike.
     *
     * @param reference a program that answers right, where the caller named one
     */
    FileTests(Console console, CompileOptions options, Optional<Path> reference) {
        this.console = console;
        this.options = options;
        this.reference =
                reference.map(file -> Program.open(console, file, options).elaboration());
    }

    /** Tells diagnostics on stderr too. */
    TestedFile test(String file) {
        TestedFile tested = attempt(file);
        tested.error().ifPresent(errors -> Report.print(console, errors));
        return tested;
    }

    private TestedFile attempt(String file) {
        try {
            return run(file);
        } catch (DiagnosticException e) {
            return TestedFile.failed(file, options.level(), e.diagnostics());
        } catch (EngineException e) {
            return failed(file, e.diagnostic());
        } catch (OutputFailed e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return failed(file, Faults.diagnostic(e));
        }
    }

    private TestedFile run(String file) {
        Path path = SourceReader.path(file);
        Program program = Program.open(console, path, options);
        Elaboration elaboration = program.elaboration();
        ImmutableList<Directive.TestDirective> lines = tests(elaboration);
        Optional<Elaboration> right = reference.or(() -> solution(path));
        if (lines.isEmpty() && right.isPresent()) {
            lines = tests(right.get());
            program = program.with(inputsOf(right.get(), lines));
        }
        if (lines.isEmpty()) {
            return failed(
                    file,
                    Diagnostic.error(CliCode.NO_TESTS, file + " has no tests")
                            .about(file)
                            .help("write '#@ test \"abc\" == [\"c\", \"b\", \"a\"]' into it, or into a --reference"));
        }
        var chosen = program.chosen();
        var subjects = new ProgramSubjects(console, path, program);
        var tests = new RunTests(
                input -> Expected.of(chosen, input),
                input -> subjects.forInput(input).transformer(),
                astray(path, elaboration, chosen.causal()));
        return TestedFile.of(file, chosen.name(), options.level(), tests.run(lines));
    }

    /** Another program's tests are run on the inputs that it is for, whatever the file says of its own. */
    private CompileOptions inputsOf(Elaboration right, ImmutableList<Directive.TestDirective> lines) {
        CompileOptions own = options;
        if (own.vocabulary().isEmpty()) {
            own = right.vocabulary().map(own::vocabulary).orElse(own);
        }
        if (own.maxLength().isEmpty()) {
            own = right.maxLength().map(own::maxLength).orElse(own);
        }
        return FitOptions.to(lines.stream().map(Directive.TestDirective::input).toList(), right, own);
    }

    private static ImmutableList<Directive.TestDirective> tests(Elaboration program) {
        return ImmutableList.copyOf(Iterables.filter(program.directives(), Directive.TestDirective.class));
    }

    private Function<ImmutableList<Value>, Optional<Astray>> astray(Path path, Elaboration program, boolean causal) {
        return input ->
                reference.or(() -> solution(path)).flatMap(right -> new FindAstray(program, right, causal).on(input));
    }

    /** The file of the same name in the folder {@code solutions} beside this one. */
    private Optional<Elaboration> solution(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            return Optional.empty();
        }
        Path file = path.resolveSibling(SOLUTIONS).resolve(name.toString());
        return Files.isRegularFile(file)
                ? Optional.of(Program.open(console, file, options).elaboration())
                : Optional.empty();
    }

    private TestedFile failed(String file, Diagnostic diagnostic) {
        return TestedFile.failed(file, options.level(), ImmutableList.of(diagnostic));
    }
}
