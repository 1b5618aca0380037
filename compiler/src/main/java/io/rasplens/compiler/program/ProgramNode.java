package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;

/** An s-op or a selector. */
public sealed interface ProgramNode permits SOp, Selector, GraphNode {

    /** The node's number in its graph; operands have smaller numbers. */
    int id();

    /** The nodes that this one reads, in order, repeats included. */
    default ImmutableList<ProgramNode> operands() {
        return Operands.of(this);
    }
}
