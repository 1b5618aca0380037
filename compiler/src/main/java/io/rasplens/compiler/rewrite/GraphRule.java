package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.program.CompileTarget;
import java.util.Optional;

/** One way of writing a program so that it needs less, with the same answers on every input on which it has one. */
public interface GraphRule {

    /** The program rewritten wherever the rule applies; empty if that is nowhere. */
    Optional<CompileTarget> apply(CompileTarget target);

    /** What the rule is called where it is told of. */
    default String name() {
        return getClass().getSimpleName();
    }
}
