package io.rasplens.compiler;

import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.lower.direct.DirectLowering;

/** The lowering of each optimisation level. */
final class Lowerings {
    private Lowerings() {}

    /** Level 0 is Tracr's layout; there is no other one yet, so level 1 is the same. */
    static Lowering forLevel(int level) {
        if (level < 0 || level > 1) {
            throw new IllegalArgumentException("no optimisation level " + level);
        }
        return new DirectLowering();
    }
}
