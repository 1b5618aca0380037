package io.rasplens.runtime.cli.print;

import java.io.IOException;
import java.io.OutputStream;

/** Ends the verb at the first write that fails; a {@code PrintStream} takes note of an {@link IOException} and goes on. */
final class FailFastStream extends OutputStream {
    private final OutputStream stream;

    FailFastStream(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(int b) {
        run(() -> stream.write(b));
    }

    @Override
    public void write(byte[] bytes, int start, int count) {
        run(() -> stream.write(bytes, start, count));
    }

    @Override
    public void flush() {
        run(stream::flush);
    }

    private interface StreamAction {
        void run() throws IOException;
    }

    private static void run(StreamAction step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new OutputFailed(e);
        }
    }
}
