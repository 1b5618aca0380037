package io.rasplens.runtime.answer;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.Optional;

/**
 * A model ready to run, and the program it came from.
 *
 * @param program empty for an imported model
 * @param level the level it was compiled at, if known
 */
public record ReadyModel(
        CompiledModel model,
        HookedTransformer transformer,
        Optional<RaspProgram> program,
        Optional<Level> level,
        Timings timings) {

    public static ReadyModel of(
            CompiledModel model, Optional<RaspProgram> program, Optional<Level> level, Timings timings) {
        return new ReadyModel(model, HookedTransformer.load(model), program, level, timings);
    }
}
