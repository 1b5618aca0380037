package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.parse.InputParser;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.AnswerText;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Progress;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs a verb on one input, or on a stream of them. */
public final class AnswerInputs {
    private static final int MOST_TOLD = 1000;

    /** What the text of one line is called in its diagnostics. */
    private static final String INPUT = "input";

    private final Set<Diagnostic> told = new HashSet<>();
    private final Console console;
    private final boolean json;
    private final Function<ImmutableList<Value>, Answer> answer;
    private boolean fine = true;
    private boolean factsTold;
    private long number;

    /** @param answer is called by several threads at once */
    public AnswerInputs(Console console, boolean json, Function<ImmutableList<Value>, Answer> answer) {
        this.console = console;
        this.json = json;
        this.answer = answer;
    }

    public int one(ImmutableList<Value> input) {
        Answer result = answer.apply(input);
        if (json) {
            Report.json(console, result.json().get());
        } else {
            console.out().print(result.text().get());
        }
        return result.ok() ? ExitCode.OK : ExitCode.REJECTED;
    }

    /**
     * A line and its answer, or what is wrong with it.
     *
     * @param text the answer to be printed where it isn't the first
     */
    private record Answered(Optional<Answer> answer, String text, ImmutableList<Diagnostic> failure) {}

    /** Answers each line as soon as it is there, in order; a line that fails gets an error in its place. */
    public int lines(String source) {
        String name = source.equals("-") ? "the standard input" : source;
        fine = true;
        try (Progress progress =
                Progress.countingAnswers(console, done -> AnswerText.count(done) + " inputs answered")) {
            new WorkInOrder<>(
                            this::answered,
                            result -> {
                                progress.at(++number);
                                print(result, source, "in line " + number + " of " + name);
                            },
                            () -> console.out().flush())
                    .run(take -> TextLines.each(console, source, take));
            console.out().flush();
        }
        return fine ? ExitCode.OK : ExitCode.REJECTED;
    }

    /** Several lines are worked on at once. */
    private Answered answered(String text) {
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
            Answer result =
                    answer.apply(Inputs.nonEmpty(InputParser.parse(INPUT, text).orThrow()));
            return new Answered(
                    Optional.of(result),
                    json
                            ? JsonOut.compact(result.jsonAgain().get())
                            : result.line().get(),
                    ImmutableList.of());
        } catch (DiagnosticException e) {
            return new Answered(Optional.empty(), Json.brief(e.diagnostics()), e.diagnostics());
        } catch (EngineException e) {
            var failure = ImmutableList.of(e.diagnostic());
            return new Answered(Optional.empty(), Json.brief(failure), failure);
        }
    }

    private void print(Answered result, String source, String place) {
        fine &= result.answer().map(Answer::ok).orElse(false);
        String text = result.text();
        if (result.answer().isEmpty()) {
            JsonObject object = failed(result.failure(), place);
            place(object.getAsJsonObject("error"), source);
            text = json ? JsonOut.compact(object) : text;
        } else if (json && !factsTold) {
            text = JsonOut.compact(result.answer().get().json().get());
            factsTold = true;
        }
        console.out().print(text + "\n");
    }

    /** What is wrong with an input has its place in the file of inputs. */
    private void place(JsonObject error, String source) {
        JsonElement file = error.get("file");
        if (file.isJsonNull() || file.getAsString().equals(INPUT)) {
            error.addProperty("file", source);
            error.addProperty("line", number);
        }
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
