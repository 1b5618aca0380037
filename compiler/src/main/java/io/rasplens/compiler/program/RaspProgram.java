package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * One s-op to compute, with the graph it lives in and what is known of where its nodes came from.
 *
 * @param name the output's RASP name
 * @param causal whether keys after the query are hidden from every selector
 */
public record RaspProgram(
        Graph graph, SOp output, String name, ImmutableMap<ProgramNode, NodeOrigin> origins, boolean causal) {

    /** What the output is made of, operands before users. */
    public ImmutableList<ProgramNode> nodes() {
        return graph.below(output);
    }

    public NodeOrigin origin(ProgramNode node) {
        NodeOrigin origin = origins.get(node);
        return origin == null ? NodeOrigin.UNKNOWN : origin;
    }

    /**
     * What tells a named node from every other of the program: the output's name, or a binding as {@link NameBinding#text} has it.
     * Empty for a node without a name.
     */
    public Optional<String> nameOf(ProgramNode node) {
        if (node == output) {
            return Optional.of(name);
        }
        NodeOrigin origin = origin(node);
        return origin.binding().map(NameBinding::text).or(origin::name);
    }
}
