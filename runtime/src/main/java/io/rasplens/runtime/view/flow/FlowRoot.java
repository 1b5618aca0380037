package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;

/**
 * What a flow leads to.
 *
 * @param node an s-op or a selector
 * @param name its RASP name
 * @param origins where all nodes below came from
 * @param causal whether keys after the query are hidden from every selector
 */
public record FlowRoot(ProgramNode node, String name, ImmutableMap<ProgramNode, NodeOrigin> origins, boolean causal) {

    public static FlowRoot of(RaspProgram program) {
        return new FlowRoot(program.output(), program.name(), program.origins(), program.causal());
    }

    NodeOrigin origin(ProgramNode other) {
        return origins.getOrDefault(other, NodeOrigin.UNKNOWN);
    }
}
