package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** Checks what every pass relies on in a program graph. */
public final class GraphVerifier {
    private GraphVerifier() {}

    /**
     * What is wrong with the program, one line each; empty if nothing is. Checked: a node's id is its place in the graph, its
     * operands come before it and are of the same graph, operators have as many arguments as they take, the output is of this
     * graph, and origins speak of its nodes only.
     */
    public static ImmutableList<String> verify(RaspProgram program) {
        ImmutableList.Builder<String> faults = ImmutableList.builder();
        List<ProgramNode> nodes = program.graph().nodes();
        for (int id = 0; id < nodes.size(); id++) {
            ProgramNode node = nodes.get(id);
            if (node.id() != id) {
                faults.add(node + " stands at place " + id);
            }
            for (ProgramNode operand : node.operands()) {
                if (operand.id() >= id || nodes.get(operand.id()) != operand) {
                    faults.add(node + " reads " + operand + ", which is not before it in this graph");
                }
            }
            if (node instanceof SOp.Elementwise elementwise
                    && elementwise.operator().arity() != elementwise.arguments().size()) {
                faults.add(node + " has " + elementwise.arguments().size() + " arguments");
            }
        }
        if (!belongs(program.output(), nodes)) {
            faults.add("the output " + program.output() + " is of another graph");
        }
        for (ProgramNode node : program.origins().keySet()) {
            if (!belongs(node, nodes)) {
                faults.add("an origin speaks of " + node + " of another graph");
            }
        }
        return faults.build();
    }

    private static boolean belongs(ProgramNode node, List<ProgramNode> nodes) {
        return node.id() < nodes.size() && nodes.get(node.id()) == node;
    }
}
