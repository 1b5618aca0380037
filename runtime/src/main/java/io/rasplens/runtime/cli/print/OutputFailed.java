package io.rasplens.runtime.cli.print;

import io.rasplens.grammar.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The answer can't be written: a full disk, or a reader that went away. It ends the verb, as nobody would see the rest. */
public final class OutputFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final String reason;
    private final boolean closedPipe;

    OutputFailed(IOException cause) {
        super(cause);
        this.reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        this.closedPipe = isClosedPipe(reason);
    }

    /** Whether the reader has what it wanted, as {@code head} does; then there is nobody to tell anything. */
    public boolean isClosedPipe() {
        return closedPipe;
    }

    public Diagnostic diagnostic() {
        return Diagnostic.error(CliCode.UNWRITABLE, "the answer can't be written to the standard output: " + reason)
                .help("make room there, or send the answer elsewhere");
    }

    /** The system's words are in its own language; a pipe has no other way to fail than that its reader is gone. */
    private static boolean isClosedPipe(String reason) {
        if (reason.contains("Broken pipe")
                || reason.contains("pipe is being closed")
                || reason.contains("pipe has been")) {
            return true;
        }
        if (reason.contains("No space left")) {
            return false;
        }
        try {
            return Files.isSymbolicLink(STANDARD_OUTPUT)
                    && Files.readSymbolicLink(STANDARD_OUTPUT).toString().startsWith("pipe:");
        } catch (IOException e) {
            return false;
        }
    }
}
