package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.source.Span;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Remembers for each node the expression that made it first, and the name that serves readers best. */
final class Origins {
    /** Whose name counts more: what the program's own top level says wins over functions, and those over the library. */
    enum Rank {
        LIBRARY,
        INNER,
        TOP
    }

    private record Named(String name, Rank rank, Span place) {}

    /** One name of a node, which may have others. */
    private record Alias(String name, Span place, ProgramNode node) {}

    private final Map<ProgramNode, ElaborationRun.WrittenAt> places = new HashMap<>();
    private final Map<ProgramNode, Named> names = new HashMap<>();
    private final Set<Alias> aliases = new LinkedHashSet<>();

    void made(ProgramNode node, ElaborationRun.WrittenAt place) {
        places.putIfAbsent(node, place);
    }

    /** Where a node was made first. */
    Optional<ElaborationRun.WrittenAt> place(ProgramNode node) {
        return Optional.ofNullable(places.get(node));
    }

    /** Of names of one rank the last one counts. Base s-ops and constants keep their own. */
    void named(ProgramNode node, String name, Rank rank, Span place) {
        if (node instanceof SOp.Tokens || node instanceof SOp.Indices || node instanceof SOp.Constant) {
            return;
        }
        Named before = names.get(node);
        boolean counts = before == null || before.rank().compareTo(rank) <= 0;
        if (counts) {
            names.put(node, new Named(name, rank, place));
        }
        if (before != null && !(before.name().equals(name) && before.place().equals(place))) {
            aliases.add(counts ? new Alias(before.name(), before.place(), node) : new Alias(name, place, node));
        }
    }

    /** A name and the line that binds it. */
    record NamedLine(String name, int line) {}

    /** The nodes that each line gave each name, in the order in which they were made. */
    ImmutableSetMultimap<NamedLine, ProgramNode> lines() {
        var all = Stream.concat(
                names.entrySet().stream().map(entry -> {
                    Named named = entry.getValue();
                    return new Alias(named.name(), named.place(), entry.getKey());
                }),
                aliases.stream());
        ImmutableSetMultimap.Builder<NamedLine, ProgramNode> lines = ImmutableSetMultimap.builder();
        all.sorted(Comparator.comparingInt(alias -> alias.node().id()))
                .forEach(alias ->
                        lines.put(new NamedLine(alias.name(), alias.place().line()), alias.node()));
        return lines.build();
    }

    NodeOrigin of(ProgramNode node) {
        Optional<ElaborationRun.WrittenAt> place = Optional.ofNullable(places.get(node));
        return new NodeOrigin(
                Optional.ofNullable(names.get(node)).map(Named::name),
                place.map(ElaborationRun.WrittenAt::span),
                place.map(ElaborationRun.WrittenAt::call),
                Optional.empty());
    }

    /**
     * In order of node id, with bindings.
     *
     * @param current what a name means now
     */
    ImmutableMap<ProgramNode, NodeOrigin> all(Function<String, Optional<ProgramNode>> current) {
        List<ProgramNode> nodes = places.keySet().stream()
                .sorted(Comparator.comparingInt(ProgramNode::id))
                .toList();
        ImmutableSetMultimap<NamedLine, ProgramNode> lines = lines();
        // One line in a loop may bind a name many thousand times.
        Map<NamedLine, ImmutableMap<ProgramNode, Integer>> numbers =
                Maps.toMap(lines.keySet(), line -> numbered(lines.get(line)));
        ImmutableMap.Builder<ProgramNode, NodeOrigin> all = ImmutableMap.builder();
        for (ProgramNode node : nodes) {
            NodeOrigin origin = of(node);
            Named name = names.get(node);
            if (name == null) {
                all.put(node, origin);
                continue;
            }
            ImmutableMap<ProgramNode, Integer> peers = Objects.requireNonNull(
                    numbers.get(new NamedLine(name.name(), name.place().line())));
            boolean last =
                    current.apply(name.name()).filter(meant -> meant == node).isPresent();
            var binding = new NameBinding(
                    name.name(), name.place(), Objects.requireNonNull(peers.get(node)), peers.size(), last);
            all.put(node, new NodeOrigin(origin.name(), origin.span(), origin.call(), Optional.of(binding)));
        }
        return all.buildOrThrow();
    }

    /** The nodes with their numbers, from 1. */
    private static ImmutableMap<ProgramNode, Integer> numbered(Iterable<ProgramNode> nodes) {
        ImmutableMap.Builder<ProgramNode, Integer> numbered = ImmutableMap.builder();
        int number = 0;
        for (ProgramNode node : nodes) {
            numbered.put(node, ++number);
        }
        return numbered.buildOrThrow();
    }
}
