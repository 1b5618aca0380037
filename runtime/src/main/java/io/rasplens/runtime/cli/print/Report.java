package io.rasplens.runtime.cli.print;

import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.List;

/** Diagnostics on their way out. */
public final class Report {
    private Report() {}

    /** Prints a failure, on stderr for people and with {@code --json} on stdout for programs too, and gives the exit code. */
    public static int failure(Console console, boolean json, List<Diagnostic> diagnostics) {
        print(console, diagnostics);
        if (json) {
            json(console, Json.error(diagnostics));
        }
        return ExitCode.of(diagnostics);
    }

    /** Draws diagnostics on stderr. */
    public static void print(Console console, List<Diagnostic> diagnostics) {
        if (!diagnostics.isEmpty()) {
            flush(console);
            DiagnosticRenderer renderer = console.colour() ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
            console.err().print(renderer.render(diagnostics));
            console.err().flush();
        }
    }

    /** What was printed before comes before; that it can't be is told where the answer ends. */
    private static void flush(Console console) {
        try {
            console.out().flush();
        } catch (OutputFailed e) {
            if (e.isClosedPipe()) {
                throw e;
            }
        }
    }

    /** One object on one line of stdout. */
    public static void json(Console console, JsonObject object) {
        console.out().print(JsonOut.compact(object) + "\n");
        console.out().flush();
    }
}
