package io.rasplens.compiler.schedule;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.space.Block;
import io.rasplens.compiler.space.Blocks;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says of each residual dimension what it holds and which expression it came from. */
final class DirectionOrigins {
    /** What lowering appends to an s-op's name where it needs several directions for it. */
    private static final Pattern SUFFIX = Pattern.compile("(#\\d+|²|·\\p{L}+)+$");

    private final ImmutableMap<String, SourceRange> sources;
    private final Map<Direction, SourceRange> writers = new HashMap<>();

    /** @param sources by the name of an s-op; directions that no such s-op names have their first writer's source */
    DirectionOrigins(Blocks blocks, ImmutableMap<String, SourceRange> sources) {
        this.sources = sources;
        for (Block block : blocks.blocks()) {
            block.heads().forEach(head -> head.values().forEach(value -> wrote(head.origin(), value.output())));
            block.units().forEach(unit -> wrote(unit.origin(), unit.output()));
        }
    }

    private void wrote(Origin origin, LinearForm output) {
        origin.source().ifPresent(source -> output.terms().keySet().forEach(d -> writers.putIfAbsent(d, source)));
    }

    Origin of(Direction direction) {
        String name = direction.name();
        if (direction.equals(Direction.BOS)) {
            return new Origin(name, "1 at BOS", Optional.empty());
        }
        String what = direction.value().isPresent() ? "1 where " + direction : "the number " + name;
        SourceRange source = sources.get(name);
        if (source == null) {
            source = sources.get(SUFFIX.matcher(name).replaceFirst(""));
        }
        return new Origin(name, what, Optional.ofNullable(source == null ? writers.get(direction) : source));
    }
}
