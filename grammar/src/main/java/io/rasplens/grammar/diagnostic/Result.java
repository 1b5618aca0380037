package io.rasplens.grammar.diagnostic;

import com.google.common.collect.ImmutableList;
import java.util.function.Function;

/**
 * What a stage gives back for a user's input: a value, perhaps with warnings, or the errors that explain why there is none.
 */
public sealed interface Result<T> {

    /** The diagnostics, in source order; only warnings for a {@link Success}, at least one error for a {@link Failure}. */
    ImmutableList<Diagnostic> diagnostics();

    /**
     * The value.
     *
     * @throws DiagnosticException if there is none
     */
    T orThrow();

    /** The next stage's result on this value, warnings of both kept. */
    <U> Result<U> then(Function<? super T, Result<U>> next);

    static <T> Result<T> success(T value) {
        return new Success<>(value, ImmutableList.of());
    }

    static <T> Result<T> success(T value, ImmutableList<Diagnostic> warnings) {
        return new Success<>(value, warnings);
    }

    static <T> Result<T> failure(Diagnostic diagnostic) {
        return new Failure<>(ImmutableList.of(diagnostic));
    }

    static <T> Result<T> failure(ImmutableList<Diagnostic> diagnostics) {
        return new Failure<>(diagnostics);
    }

    /** A value and the warnings met on the way. */
    record Success<T>(T value, ImmutableList<Diagnostic> diagnostics) implements Result<T> {
        @Override
        public T orThrow() {
            return value;
        }

        @Override
        public <U> Result<U> then(Function<? super T, Result<U>> next) {
            Result<U> result = next.apply(value);
            if (diagnostics.isEmpty()) {
                return result;
            }
            var all = ImmutableList.<Diagnostic>builder()
                    .addAll(diagnostics)
                    .addAll(result.diagnostics())
                    .build();
            return result instanceof Success<U> success ? new Success<>(success.value(), all) : new Failure<>(all);
        }
    }

    /** No value: at least one of the diagnostics is an error. */
    record Failure<T>(ImmutableList<Diagnostic> diagnostics) implements Result<T> {
        public Failure {
            if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
                throw new IllegalArgumentException("a failure needs an error");
            }
        }

        @Override
        public T orThrow() {
            throw new DiagnosticException(diagnostics);
        }

        @Override
        public <U> Result<U> then(Function<? super T, Result<U>> next) {
            return new Failure<>(diagnostics);
        }
    }
}
