package io.rasplens.runtime.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Runs statements that come from a file or a pipe, line by line, each answered before the next is read. There is nobody to prompt,
 * so standard output holds results and nothing else.
 */
public final class PipeSession {
    private PipeSession() {}

    /**
     * Reads to the end of the input or to {@code exit}.
     *
     * @throws IOException if reading fails
     */
    public static void run(ReplEngine engine, Reader input, Responder responder) throws IOException {
        var lines = new BufferedReader(input);
        String line = lines.readLine();
        while (line != null) {
            if (!responder.show(engine.handle(line))) {
                return;
            }
            line = lines.readLine();
        }
        responder.show(engine.finish());
    }
}
