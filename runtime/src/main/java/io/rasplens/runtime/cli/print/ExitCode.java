package io.rasplens.runtime.cli.print;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.runtime.store.error.StoreCode;
import java.util.List;

/** What the process returns. */
public final class ExitCode {
    public static final int OK = 0;
    /** The program or its input was rejected, or a check failed. */
    public static final int REJECTED = 1;

    public static final int USAGE = 2;
    public static final int INPUT_OUTPUT = 3;
    public static final int INTERNAL = 70;
    /** Nobody reads the answer any more, as behind {@code | head -1}: what a shell gives a program that SIGPIPE ended. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}

    /** The code for a failure with these diagnostics; the gravest kind wins. */
    public static int of(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .mapToInt(d -> of(d.code()))
                .max()
                .orElse(REJECTED);
    }

    private static int of(DiagnosticCode code) {
        if (code instanceof StoreCode store) {
            return store.isInputOutput() ? INPUT_OUTPUT : REJECTED;
        }
        if (!(code instanceof CliCode cli)) {
            return REJECTED;
        }
        return switch (cli) {
            case UNKNOWN_VERB,
                    UNKNOWN_OPTION,
                    BAD_VALUE,
                    MISSING_ARGUMENT,
                    SURPLUS_ARGUMENT,
                    CONFLICTING_OPTIONS,
                    NO_INPUT,
                    UNKNOWN_TOPIC -> USAGE;
            case FILE_NOT_FOUND, NOT_A_FILE, UNREADABLE, UNWRITABLE, NO_BROWSER -> INPUT_OUTPUT;
            case NOT_TEXT,
                    NOT_A_PROGRAM,
                    FILE_TOO_LARGE,
                    LINE_TOO_LONG,
                    NO_PROGRAM,
                    NO_TESTS,
                    TIMED_OUT,
                    NOT_BUILT,
                    OUT_OF_MEMORY,
                    TOO_DEEP -> REJECTED;
            case INTERNAL -> INTERNAL;
        };
    }
}
