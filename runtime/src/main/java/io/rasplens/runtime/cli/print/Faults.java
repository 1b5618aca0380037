package io.rasplens.runtime.cli.print;

import com.google.common.base.Throwables;
import io.rasplens.grammar.diagnostic.Diagnostic;
import java.util.Arrays;

/** What nobody expected, as a diagnostic. */
public final class Faults {
    private Faults() {}

    /** Memory or stack that ran out; else a bug of ours. */
    public static Diagnostic diagnostic(Throwable fault) {
        if (fault instanceof OutOfMemoryError) {
            return outOfMemory();
        }
        return fault instanceof StackOverflowError ? tooDeep() : internal(fault);
    }

    private static Diagnostic outOfMemory() {
        return Diagnostic.error(
                        CliCode.OUT_OF_MEMORY,
                        "the work does not fit into the memory of "
                                + (Runtime.getRuntime().maxMemory() >> 20) + " MB")
                .help("lower --max-length, shrink --vocab, or give Java more memory: java -Xmx4g -jar rasp.jar …");
    }

    private static Diagnostic tooDeep() {
        return Diagnostic.error(CliCode.TOO_DEEP, "the program nests too deeply")
                .help("split deep expressions over several assignments");
    }

    /** A bug of ours: the kind and the place are enough to report it, a stack trace would help nobody else. */
    private static Diagnostic internal(Throwable bug) {
        Throwable root = Throwables.getRootCause(bug);
        String place = Arrays.stream(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.rasplens."))
                .findFirst()
                .map(frame ->
                        " in " + frame.getClassName().replaceFirst(".*\\.", "") + ", line " + frame.getLineNumber())
                .orElse("");
        String message = root.getMessage() == null ? "" : ": " + root.getMessage();
        return Diagnostic.error(
                        CliCode.INTERNAL,
                        "internal error" + place + " (" + root.getClass().getSimpleName() + message + ")")
                .help("this is a fault of rasp, not of your program; please report it with the command and the file");
    }
}
