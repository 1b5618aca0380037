package io.rasplens.runtime.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One command run in this process: its exit code and what it printed. */
record CliRun(int exit, String out, String err) {

    static CliRun of(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (var outText = new PrintStream(out, false, StandardCharsets.UTF_8);
                var errText = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            Console console = Console.of(new ByteArrayInputStream(new byte[0]), outText, errText);
            int exit = Rasp.run(console, arguments);
            console.flush();
            return new CliRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /** The one object on stdout. */
    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
