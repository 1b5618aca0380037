package io.rasplens.compiler.lower;

import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.Describe;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.Work;
import java.util.function.Supplier;

/** A way from program graph to weights. The model comes back without its {@code program}, which the front door adds. */
public interface Lowering {

    /** The model, or the diagnostics that say which s-op can't be compiled and why. */
    Result<CompiledModel> lower(CompileTarget target);

    /**
     * Runs a lowering where it may recurse as deep as the program nests.
     *
     * @param working the node that is being lowered, to be named if there is no memory left for it
     */
    static <T> Result<T> deep(
            CompileTarget target, Supplier<? extends ProgramNode> working, Supplier<Result<T>> lowering) {
        return DeepStack.run(lowering, error -> {
            if (error instanceof OutOfMemoryError) {
                return Describe.at(
                        target.program(),
                        working.get(),
                        CompileCode.MODEL_TOO_LARGE,
                        "the s-op " + Describe.name(target.program(), working.get()) + " needs more than the "
                                + (Work.memory() >> 20) + " MB of memory that there are",
                        "a shorter max_length or a smaller vocab makes the model smaller; " + Host.moreMemory());
            }
            return Describe.at(
                    target.program(),
                    target.program().output(),
                    CompileCode.MODEL_TOO_LARGE,
                    "the s-op "
                            + Describe.name(target.program(), target.program().output())
                            + " nests deeper than half a gigabyte of stack can follow",
                    "use fewer steps, each of which is computed from the one before");
        });
    }
}
