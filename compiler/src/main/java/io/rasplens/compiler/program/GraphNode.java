package io.rasplens.compiler.program;

/** What all nodes share: a number. Equality is identity because {@link Graph} interns. */
abstract sealed class GraphNode implements ProgramNode
        permits SOp.Tokens,
                SOp.Indices,
                SOp.Constant,
                SOp.Elementwise,
                SOp.Aggregate,
                SOp.SelectorWidth,
                Selector.Select,
                Selector.And,
                Selector.Or,
                Selector.Not {
    private final int id;

    GraphNode(int id) {
        this.id = id;
    }

    @Override
    public final int id() {
        return id;
    }

    @Override
    public final int hashCode() {
        return id;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    /** Not recursive: a graph may be 100,000 nodes deep. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "#" + id;
    }
}
