package io.rasplens.runtime.cli.print;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticData;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.runtime.store.JsonOut;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Diagnostics on their way out. */
public final class Report {
    private Report() {}

    /** Prints a failure, on stderr for people and with {@code --json} on stdout for programs too, and gives the exit code. */
    public static int failure(Console console, boolean json, List<Diagnostic> diagnostics) {
        print(console, diagnostics);
        if (json) {
            json(console, error(diagnostics));
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

    /** {@code {"error": {…}}} for the first error among the diagnostics. */
    public static JsonObject error(List<Diagnostic> diagnostics) {
        Diagnostic first = diagnostics.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no error"));
        DiagnosticData data = DiagnosticData.of(first);
        var inner = new JsonObject();
        inner.addProperty("code", data.code());
        inner.addProperty("message", data.message());
        inner.add("file", data.file() == null ? JsonNull.INSTANCE : new JsonPrimitive(data.file()));
        inner.add("line", number(data.line()));
        inner.add("column", number(data.column()));
        var outer = new JsonObject();
        outer.add("error", inner);
        return outer;
    }

    /** The first error on one line: {@code error[E0801]: the token 9 is not in the model's vocabulary}. */
    public static String brief(List<Diagnostic> diagnostics) {
        Optional<Diagnostic> error =
                diagnostics.stream().filter(Diagnostic::isError).findFirst();
        return error.map(e -> "error[" + e.code().id() + "]: " + e.message()).orElse("error");
    }

    /** One object on one line of stdout. */
    public static void json(Console console, JsonObject object) {
        console.out().print(JsonOut.compact(object) + "\n");
        console.out().flush();
    }

    private static com.google.gson.JsonElement number(@Nullable Integer value) {
        return value == null ? JsonNull.INSTANCE : new JsonPrimitive(value);
    }
}
