package io.rasplens.compiler.program;

import io.rasplens.grammar.source.Span;
import java.util.Optional;

/**
 * Where a node came from.
 *
 * @param name the RASP name it was last assigned to, if any
 * @param span the expression that made it first; empty for nodes that passes of the compiler make
 */
public record Origin(Optional<String> name, Optional<Span> span) {
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());
}
