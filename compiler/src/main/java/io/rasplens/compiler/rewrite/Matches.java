package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Replaces each s-op of a kind in which a pattern is found. */
final class Matches {
    private Matches() {}

    /** Makes another s-op of one in which the pattern was found. */
    interface Rewriting<N, M> {
        SOp of(N node, M match, CopyGraph copy);
    }

    static <N extends SOp, M> Optional<CompileTarget> apply(
            CompileTarget target, Class<N> kind, Function<N, Optional<M>> pattern, Rewriting<N, M> rewriting) {
        Map<ProgramNode, M> matches = new HashMap<>();
        for (ProgramNode node : target.program().nodes()) {
            if (kind.isInstance(node)) {
                pattern.apply(kind.cast(node)).ifPresent(match -> matches.put(node, match));
            }
        }
        return matches.isEmpty()
                ? Optional.empty()
                : Optional.of(CopyGraph.copy(
                        target,
                        (sop, copy) -> Optional.ofNullable(matches.get(sop))
                                .map(match -> rewriting.of(kind.cast(sop), match, copy))));
    }
}
