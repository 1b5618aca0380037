package io.rasplens.runtime.store.error;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import java.nio.file.Path;

/** Carries a diagnostic out of nested reading; never leaves the rooms of {@code store}, where it becomes a {@link Result}. */
public final class StoreException extends Exception {
    private final transient Diagnostic diagnostic;

    public StoreException(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    public StoreException(StoreCode code, String message) {
        this(Diagnostic.error(code, message));
    }

    public StoreException(StoreCode code, String message, String help) {
        this(Diagnostic.error(code, message).help(help));
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** Work that may find a file wrong. */
    public interface StoreWork<T> {
        T run() throws StoreException;
    }

    /** What the work finds wrong is about {@code file}, unless it says itself what it is about. */
    public static <T> T about(Path file, StoreWork<T> work) throws StoreException {
        try {
            return work.run();
        } catch (StoreException e) {
            throw e.diagnostic.file().isPresent() ? e : new StoreException(e.diagnostic.about(file.toString()));
        }
    }

    public static <T> Result<T> toResult(Path file, StoreWork<T> work) {
        try {
            return Result.success(about(file, work));
        } catch (StoreException e) {
            return Result.failure(e.diagnostic());
        }
    }
}
