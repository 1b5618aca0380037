package io.rasplens.compiler;

import io.rasplens.compiler.elaborate.ElaborationCode;
import io.rasplens.compiler.lower.Lowering;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;

/** The lowering of each optimisation level. */
final class Lowerings {
    private Lowerings() {}

    static Lowering forLevel(int level) {
        return target -> Result.failure(Diagnostic.error(
                ElaborationCode.NO_LOWERING, "this build has no lowering for optimisation level " + level));
    }
}
