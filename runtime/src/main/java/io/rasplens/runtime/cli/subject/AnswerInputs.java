package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.parse.InputParser;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Runs a verb on one input, or on a stream of them. */
public final class AnswerInputs {
    private static final int MOST_TOLD = 1000;

    private final Set<Diagnostic> told = new HashSet<>();
    private final Console console;
    private final boolean json;
    private final Function<ImmutableList<Value>, Answer> answer;

    public AnswerInputs(Console console, boolean json, Function<ImmutableList<Value>, Answer> answer) {
        this.console = console;
        this.json = json;
        this.answer = answer;
    }

    public int one(ImmutableList<Value> input) {
        Answer result = answer.apply(input);
        if (json) {
            Report.json(console, result.json());
        } else {
            console.out().print(result.text());
        }
        return result.ok() ? ExitCode.OK : ExitCode.REJECTED;
    }

    /** Answers each line as soon as it is there; a line that fails gets an error in its place. */
    public int lines(String source) {
        var fine = new AtomicBoolean(true);
        var number = new AtomicLong();
        String name = source.equals("-") ? "the standard input" : source;
        TextLines.each(console, source, line -> {
            if (!line(line, "in line " + number.incrementAndGet() + " of " + name)) {
                fine.set(false);
            }
        });
        return fine.get() ? ExitCode.OK : ExitCode.REJECTED;
    }

    private boolean line(String text, String place) {
        JsonObject object;
        String line;
        boolean ok = false;
        try {
            if (text.indexOf(TextLines.NOT_TEXT) >= 0) {
                throw new DiagnosticException(
                        ImmutableList.of(Diagnostic.error(CliCode.NOT_TEXT, "the line is not UTF-8 text")
                                .help("save the inputs as UTF-8")));
            }
            if (text.length() >= TextLines.LONGEST) {
                throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                        CliCode.LINE_TOO_LONG, "the line is longer than " + TextLines.LONGEST + " characters")));
            }
            Answer result = answer.apply(
                    Inputs.nonEmpty(InputParser.parse("input", text).orThrow()));
            object = result.json();
            line = result.line();
            ok = result.ok();
        } catch (DiagnosticException e) {
            object = failed(e.diagnostics(), place);
            line = Json.brief(e.diagnostics());
        } catch (EngineException e) {
            object = failed(ImmutableList.of(e.diagnostic()), place);
            line = Json.brief(ImmutableList.of(e.diagnostic()));
        }
        if (json) {
            Report.json(console, object);
        } else {
            console.out().print(line + "\n");
            console.out().flush();
        }
        return ok;
    }

    /** What is wrong with the program is wrong on each line; it is told in full where it is met first. */
    private boolean isNew(Diagnostic diagnostic) {
        return told.size() >= MOST_TOLD ? !told.contains(diagnostic) : told.add(diagnostic);
    }

    private JsonObject failed(ImmutableList<Diagnostic> diagnostics, String place) {
        List<Diagnostic> news = diagnostics.stream().filter(this::isNew).toList();
        Report.print(console, Lists.transform(news, diagnostic -> diagnostic.note(place)));
        return Json.error(diagnostics);
    }
}
