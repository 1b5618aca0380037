package io.rasplens.runtime.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.runtime.cli.print.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What one command printed and returned. */
record CommandRun(int exit, String out, String err) {

    static CommandRun of(String... arguments) {
        return withInput("", arguments);
    }

    static CommandRun withInput(String stdin, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Console console = Console.of(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                Console.answers(out),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        int exit = Rasp.run(console, arguments);
        console.flush();
        return new CommandRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one object on stdout. */
    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }

    /** An object for each line of stdout. */
    List<JsonObject> jsonLines() {
        return out.lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }
}
