package io.rasplens.runtime.cli.print;

import io.rasplens.grammar.diagnostic.SafeText;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The stream for answers. What is printed may hold names and strings of a program or a model that came from anywhere, so this is
 * the one place where they become harmless; bytes pass as they are.
 */
final class AnswerStream extends PrintStream {
    private static final int BUFFER = 1 << 14;

    private final boolean colour;

    /** @param colour whether colours of ours may pass */
    AnswerStream(OutputStream stream, boolean colour) {
        super(new BufferedOutputStream(new FailFastStream(stream), BUFFER), false, StandardCharsets.UTF_8);
        this.colour = colour;
    }

    @Override
    public void print(String text) {
        super.print(colour ? SafeText.coloured(text) : SafeText.lines(text));
    }
}
