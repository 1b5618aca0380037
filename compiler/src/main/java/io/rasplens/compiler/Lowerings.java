package io.rasplens.compiler;

import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.lower.direct.DirectLowering;

/** The lowering of each optimisation level. */
final class Lowerings {
    private Lowerings() {}

    /** Level 0 is Tracr's layout, level 1 the one with a layer per dependent attention step. */
    static Lowering forLevel(int level) {
        return switch (level) {
            case 0 -> new DirectLowering();
            case 1 -> new OptimizedLowering();
            default -> throw new IllegalArgumentException("no optimisation level " + level);
        };
    }
}
