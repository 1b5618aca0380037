package io.rasplens.runtime.store;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;

/** Carries a diagnostic out of nested reading; never leaves the package, where it becomes a {@link Result}. */
final class StoreException extends Exception {
    private final transient Diagnostic diagnostic;

    StoreException(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    StoreException(StoreCode code, String message) {
        this(Diagnostic.error(code, message));
    }

    StoreException(StoreCode code, String message, String help) {
        this(Diagnostic.error(code, message).help(help));
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }

    /** Work that may find a file wrong. */
    interface Work<T> {
        T run() throws StoreException;
    }

    static <T> Result<T> toResult(Work<T> work) {
        try {
            return Result.success(work.run());
        } catch (StoreException e) {
            return Result.failure(e.diagnostic());
        }
    }
}
