package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.Map;
import java.util.Optional;

/** What every node that was asked for, and every node below it, is on one input. A failing node doesn't stop the others. */
public final class Trace {
    private final ImmutableList<Value> input;
    private final ImmutableList<ProgramNode> nodes;
    private final Map<ProgramNode, ImmutableList<Value>> values;
    private final Map<ProgramNode, SelectorMatrix> matrices;
    private final Map<ProgramNode, EvaluationException> failures;

    Trace(
            ImmutableList<Value> input,
            ImmutableList<ProgramNode> nodes,
            Map<ProgramNode, ImmutableList<Value>> values,
            Map<ProgramNode, SelectorMatrix> matrices,
            Map<ProgramNode, EvaluationException> failures) {
        this.input = input;
        this.nodes = nodes;
        this.values = values;
        this.matrices = matrices;
        this.failures = failures;
    }

    public ImmutableList<Value> input() {
        return input;
    }

    /** All nodes, operands before their users. */
    public ImmutableList<ProgramNode> nodes() {
        return nodes;
    }

    /** The s-op's sequence, unless it or a node below it failed. */
    public Optional<ImmutableList<Value>> values(SOp node) {
        return Optional.ofNullable(values.get(node));
    }

    /** The selector's matrix, unless it or a node below it failed. */
    public Optional<SelectorMatrix> matrix(Selector node) {
        return Optional.ofNullable(matrices.get(node));
    }

    /** Why the node has no value: its own failure, or that of the first operand that has none. */
    public Optional<EvaluationException> failure(ProgramNode node) {
        return Optional.ofNullable(failures.get(node));
    }
}
