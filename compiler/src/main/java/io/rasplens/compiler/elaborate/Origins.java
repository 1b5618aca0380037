package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import io.rasplens.compiler.program.NameBinding;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
    private final Map<ProgramNode, Span> words = new HashMap<>();
    private final Map<ProgramNode, Named> names = new HashMap<>();
    private final Set<Alias> aliases = new LinkedHashSet<>();

    void made(ProgramNode node, ElaborationRun.WrittenAt place) {
        places.putIfAbsent(node, place);
    }

    /** Remembers the first text outside functions and loops that stands for a node: none of its words means something else elsewhere. */
    void written(ProgramNode node, Span text) {
        words.putIfAbsent(node, text);
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
        ImmutableSetMultimap.Builder<NamedLine, ProgramNode> lines = ImmutableSetMultimap.builder();
        for (Alias alias : inOrder()) {
            lines.put(new NamedLine(alias.name(), alias.place().line()), alias.node());
        }
        return lines.build();
    }

    /** All names of all nodes, in the order of the nodes. */
    private List<Alias> inOrder() {
        List<Alias> all = new ArrayList<>();
        names.forEach((node, named) -> all.add(new Alias(named.name(), named.place(), node)));
        all.addAll(aliases);
        all.sort((a, b) -> Integer.compare(a.node().id(), b.node().id()));
        return all;
    }

    /** For each name of each line its nodes, with their numbers from 1. */
    private Map<NamedLine, Map<ProgramNode, Integer>> numbers() {
        // One line in a loop may bind a name many thousand times.
        Map<NamedLine, Map<ProgramNode, Integer>> numbers = new HashMap<>();
        for (Alias alias : inOrder()) {
            Map<ProgramNode, Integer> peers = numbers.computeIfAbsent(
                    new NamedLine(alias.name(), alias.place().line()), line -> new HashMap<>());
            peers.putIfAbsent(alias.node(), peers.size() + 1);
        }
        return numbers;
    }

    NodeOrigin of(ProgramNode node) {
        Optional<ElaborationRun.WrittenAt> place = Optional.ofNullable(places.get(node));
        return new NodeOrigin(
                Optional.ofNullable(names.get(node)).map(Named::name),
                place.map(ElaborationRun.WrittenAt::span),
                place.map(ElaborationRun.WrittenAt::call),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(words.get(node)));
    }

    /**
     * In order of node id, with bindings.
     *
     * @param current what a name means now
     */
    ImmutableMap<ProgramNode, NodeOrigin> all(Function<String, Optional<ProgramNode>> current) {
        List<ProgramNode> nodes = new ArrayList<>(places.keySet());
        nodes.sort((a, b) -> Integer.compare(a.id(), b.id()));
        Map<NamedLine, Map<ProgramNode, Integer>> numbers = numbers();
        ImmutableMap.Builder<ProgramNode, NodeOrigin> all = ImmutableMap.builder();
        for (ProgramNode node : nodes) {
            NodeOrigin origin = of(node);
            Named name = names.get(node);
            if (name == null) {
                all.put(node, origin);
                continue;
            }
            Map<ProgramNode, Integer> peers = Objects.requireNonNull(
                    numbers.get(new NamedLine(name.name(), name.place().line())));
            boolean last =
                    current.apply(name.name()).filter(meant -> meant == node).isPresent();
            var binding = new NameBinding(
                    name.name(), name.place(), Objects.requireNonNull(peers.get(node)), peers.size(), last);
            all.put(node, origin.bound(binding));
        }
        return all.buildOrThrow();
    }
}
