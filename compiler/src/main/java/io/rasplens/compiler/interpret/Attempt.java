package io.rasplens.compiler.interpret;

import java.util.Optional;

/** Evaluation that may fail without harm: where the program has no answer there is none to be right or wrong about. */
public final class Attempt {
    private Attempt() {}

    /** Something that is evaluated. */
    @FunctionalInterface
    public interface Computation<T> {
        T run() throws EvaluationException;
    }

    /** What comes out, or nothing where an operation fails. */
    public static <T> Optional<T> of(Computation<T> computation) {
        try {
            return Optional.of(computation.run());
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }
}
