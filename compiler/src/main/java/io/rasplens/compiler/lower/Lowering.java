package io.rasplens.compiler.lower;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;

/** A way from program graph to weights. The model comes back without its {@code program}, which the front door adds. */
public interface Lowering {

    /** The model, or the diagnostics that say which s-op can't be compiled and why. */
    Result<CompiledModel> lower(CompileTarget target);
}
