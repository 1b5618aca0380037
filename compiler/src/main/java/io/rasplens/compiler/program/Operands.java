package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;

/** Lists what a node reads. */
final class Operands
        implements SOp.SOpVisitor<ImmutableList<ProgramNode>>, Selector.SelectorVisitor<ImmutableList<ProgramNode>> {
    private static final Operands VISITOR = new Operands();

    static ImmutableList<ProgramNode> of(ProgramNode node) {
        if (node instanceof SOp sop) {
            return sop.accept(VISITOR);
        }
        return ((Selector) node).accept(VISITOR);
    }

    @Override
    public ImmutableList<ProgramNode> tokens(SOp.Tokens node) {
        return ImmutableList.of();
    }

    @Override
    public ImmutableList<ProgramNode> indices(SOp.Indices node) {
        return ImmutableList.of();
    }

    @Override
    public ImmutableList<ProgramNode> constant(SOp.Constant node) {
        return ImmutableList.of();
    }

    @Override
    public ImmutableList<ProgramNode> elementwise(SOp.Elementwise node) {
        return ImmutableList.copyOf(node.arguments());
    }

    @Override
    public ImmutableList<ProgramNode> aggregate(SOp.Aggregate node) {
        return ImmutableList.of(node.selector(), node.sequence());
    }

    @Override
    public ImmutableList<ProgramNode> selectorWidth(SOp.SelectorWidth node) {
        return ImmutableList.of(node.selector());
    }

    @Override
    public ImmutableList<ProgramNode> select(Selector.Select node) {
        return ImmutableList.of(node.key(), node.query());
    }

    @Override
    public ImmutableList<ProgramNode> and(Selector.And node) {
        return ImmutableList.of(node.left(), node.right());
    }

    @Override
    public ImmutableList<ProgramNode> or(Selector.Or node) {
        return ImmutableList.of(node.left(), node.right());
    }

    @Override
    public ImmutableList<ProgramNode> not(Selector.Not node) {
        return ImmutableList.of(node.operand());
    }
}
