package io.rasplens.compiler;

import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.lower.direct.DirectLowering;
import io.rasplens.compiler.model.Level;

/** The lowering of each optimisation level. */
final class Lowerings {
    private Lowerings() {}

    static Lowering forLevel(Level level) {
        return switch (level) {
            case DIRECT -> new DirectLowering();
            case LEGIBLE, SMALLEST -> new OptimizedLowering(level);
        };
    }
}
