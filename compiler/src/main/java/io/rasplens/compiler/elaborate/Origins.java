package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.Origin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers for each node the expression that made it first, and the name that serves readers best. */
final class Origins {
    /** Whose name counts more: what the program's own top level says wins over functions, and those over the library. */
    enum Rank {
        LIBRARY,
        INNER,
        TOP
    }

    private record Named(String name, Rank rank) {}

    private final Map<ProgramNode, Run.Place> places = new HashMap<>();
    private final Map<ProgramNode, Named> names = new HashMap<>();

    void made(ProgramNode node, Run.Place place) {
        places.putIfAbsent(node, place);
    }

    /** Where a node was made first. */
    Optional<Run.Place> place(ProgramNode node) {
        return Optional.ofNullable(places.get(node));
    }

    /** Of names of one rank the last one counts. Base s-ops and constants keep their own. */
    void named(ProgramNode node, String name, Rank rank) {
        if (node instanceof SOp.Tokens || node instanceof SOp.Indices || node instanceof SOp.Constant) {
            return;
        }
        Named before = names.get(node);
        if (before == null || before.rank().compareTo(rank) <= 0) {
            names.put(node, new Named(name, rank));
        }
    }

    Origin of(ProgramNode node) {
        Optional<Run.Place> place = Optional.ofNullable(places.get(node));
        return new Origin(
                Optional.ofNullable(names.get(node)).map(Named::name),
                place.map(Run.Place::span),
                place.map(Run.Place::call));
    }

    /** In order of node id. */
    ImmutableMap<ProgramNode, Origin> all() {
        ImmutableMap.Builder<ProgramNode, Origin> all = ImmutableMap.builder();
        places.keySet().stream()
                .sorted(Comparator.comparingInt(ProgramNode::id))
                .forEach(node -> all.put(node, of(node)));
        return all.buildOrThrow();
    }
}
