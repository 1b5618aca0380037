package io.rasplens.compiler.lower;

import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.Work;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Runs a part of a lowering where it may recurse as deep as the program nests; what there is no room for is refused. */
final class WithRoom {
    private WithRoom() {}

    /** @param work is told where to note what it is at, to be named if there is no memory left for it */
    static <T> Result<T> run(CompileTarget target, Function<AtomicReference<SOp>, Result<T>> work) {
        var working = new AtomicReference<SOp>(target.program().output());
        return DeepStack.run(
                () -> work.apply(working), error -> refusal(target, Objects.requireNonNull(working.get()), error));
    }

    private static Diagnostic refusal(CompileTarget target, SOp working, Error error) {
        if (error instanceof OutOfMemoryError) {
            return DescribeNode.at(
                    target.program(),
                    working,
                    CompileCode.MODEL_TOO_LARGE,
                    "the s-op " + DescribeNode.name(target.program(), working) + " needs more than the "
                            + (Work.memory() >> 20) + " MB of memory that there are",
                    "a shorter max_length or a smaller vocab makes the model smaller; " + Host.moreMemory());
        }
        return DescribeNode.at(
                target.program(),
                target.program().output(),
                CompileCode.MODEL_TOO_LARGE,
                "the s-op "
                        + DescribeNode.name(target.program(), target.program().output())
                        + " nests deeper than half a gigabyte of stack can follow",
                "use fewer steps, each of which is computed from the one before");
    }
}
