package io.rasplens.compiler.stack;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.OutOfTime;
import io.rasplens.grammar.platform.Work;
import io.rasplens.grammar.platform.WorkLimits;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs work where it may recurse deeply, within limits. */
public final class DeepStack {
    private DeepStack() {}

    /**
     * What the work gives. Running out of stack or memory is the program's doing; any other exception is a bug of ours and stays
     * one. Interrupting the caller interrupts the work. Work within other work keeps its limits.
     *
     * @param outOfRoom the diagnostic for a {@link StackOverflowError} or an {@link OutOfMemoryError}; it may throw the error on
     * @throws Interrupted if the work heeded that it was interrupted
     */
    public static <T> Result<T> run(Supplier<Result<T>> work, Function<VirtualMachineError, Diagnostic> outOfRoom) {
        return Work.current().isPresent() ? work.get() : begin(WorkLimits.ofHost(), work, outOfRoom);
    }

    /**
     * The same within limits of its own.
     *
     * @param outOfTime the diagnostic for work that takes longer than they allow
     */
    public static <T> Result<T> run(
            WorkLimits limits,
            Supplier<Result<T>> work,
            Function<VirtualMachineError, Diagnostic> outOfRoom,
            Supplier<Diagnostic> outOfTime) {
        try {
            return begin(limits, work, outOfRoom);
        } catch (OutOfTime e) {
            if (!e.limits().equals(limits)) {
                throw e;
            }
            return Result.failure(outOfTime.get());
        }
    }

    private static <T> Result<T> begin(
            WorkLimits limits, Supplier<Result<T>> work, Function<VirtualMachineError, Diagnostic> outOfRoom) {
        var result = new AtomicReference<@Nullable Result<T>>();
        Throwable thrown = Host.runDeep(new Work(limits), () -> result.set(work.get()));
        Result<T> value = result.get();
        if (value != null) {
            return value;
        }
        if (thrown instanceof StackOverflowError || thrown instanceof OutOfMemoryError) {
            return Result.failure(outOfRoom.apply((VirtualMachineError) thrown));
        }
        if (thrown instanceof OutOfTime late) {
            throw late;
        }
        if (thrown instanceof Interrupted) {
            throw new Interrupted();
        }
        throw new IllegalStateException("in deep work: " + thrown, thrown);
    }
}
