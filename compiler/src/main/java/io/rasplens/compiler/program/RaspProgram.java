package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableMap;

/**
 * One s-op to compute, with the graph it lives in and what is known of where its nodes came from.
 *
 * @param name the output's RASP name
 * @param causal whether keys after the query are hidden from every selector
 */
public record RaspProgram(
        Graph graph, SOp output, String name, ImmutableMap<ProgramNode, Origin> origins, boolean causal) {

    public Origin origin(ProgramNode node) {
        Origin origin = origins.get(node);
        return origin == null ? Origin.UNKNOWN : origin;
    }
}
