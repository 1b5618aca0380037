package io.rasplens.runtime.cli.subject;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.grammar.parse.InputParser;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.print.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Runs a verb on one input, or on a stream of them. */
public final class AnswerInputs {
    private static final int LONGEST_LINE = 1 << 22;

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
        boolean fine = true;
        long number = 0;
        String name = source.equals("-") ? "the standard input" : source;
        try (Reader reader = open(source)) {
            var line = new StringBuilder();
            boolean more = true;
            while (more) {
                line.setLength(0);
                more = readLine(reader, line);
                if (more || !line.isEmpty()) {
                    number++;
                    fine &= line(line.toString(), "in line " + number + " of " + name);
                }
            }
        } catch (IOException e) {
            throw SourceReader.unreadable(Path.of(source), e);
        }
        return fine ? ExitCode.OK : ExitCode.REJECTED;
    }

    private Reader open(String source) throws IOException {
        if (source.equals("-")) {
            return reader(console.in());
        }
        Path path = SourceReader.path(source);
        SourceReader.checkReadable(path);
        return reader(Files.newInputStream(path));
    }

    private static Reader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private boolean line(String text, String place) {
        JsonObject object;
        String line;
        boolean ok = false;
        try {
            if (text.length() >= LONGEST_LINE) {
                throw new DiagnosticException(ImmutableList.of(Diagnostic.error(
                        CliCode.LINE_TOO_LONG, "the line is longer than " + LONGEST_LINE + " characters")));
            }
            Answer result = answer.apply(
                    Inputs.nonEmpty(InputParser.parse("input", text).orThrow()));
            object = result.json();
            line = result.line();
            ok = result.ok();
        } catch (DiagnosticException e) {
            object = failed(e.diagnostics(), place);
            line = Report.brief(e.diagnostics());
        } catch (EngineException e) {
            object = failed(ImmutableList.of(e.diagnostic()), place);
            line = Report.brief(ImmutableList.of(e.diagnostic()));
        }
        if (json) {
            Report.json(console, object);
        } else {
            console.out().print(line + "\n");
            console.out().flush();
        }
        return ok;
    }

    private JsonObject failed(ImmutableList<Diagnostic> diagnostics, String place) {
        Report.print(console, Lists.transform(diagnostics, diagnostic -> diagnostic.note(place)));
        return Report.error(diagnostics);
    }

    /** Reads up to a line feed, which is left out, as is a carriage return before it. False at the end of the stream. */
    private static boolean readLine(Reader reader, StringBuilder line) throws IOException {
        int c = reader.read();
        while (c >= 0 && c != '\n') {
            if (line.length() < LONGEST_LINE) {
                line.append((char) c);
            }
            c = reader.read();
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return c >= 0;
    }
}
