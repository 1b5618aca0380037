package io.rasplens.compiler.assemble;

import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says of each residual dimension what it holds and which expression it came from. */
final class DirectionOrigins {
    private final Map<Direction, SourceRange> writers = new HashMap<>();

    /** Directions of features that don't know where they are from have their first writer's source. */
    DirectionOrigins(Circuit circuit) {
        for (Block block : circuit.blocks()) {
            block.heads().forEach(head -> head.values().forEach(value -> wrote(head.origin(), value.output())));
            block.units().forEach(unit -> wrote(unit.origin(), unit.output()));
        }
    }

    private void wrote(PartOrigin origin, LinearForm output) {
        origin.source().ifPresent(source -> output.terms().keySet().forEach(d -> writers.putIfAbsent(d, source)));
    }

    Origin of(Direction direction) {
        String name = direction.feature().name();
        if (direction.equals(Direction.BOS)) {
            return new Origin(name, "1 at BOS", Optional.empty());
        }
        String what = direction.value().isPresent() ? "1 where " + direction : "the number " + name;
        return new Origin(
                name, what, direction.feature().source().or(() -> Optional.ofNullable(writers.get(direction))));
    }
}
