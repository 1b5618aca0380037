package io.rasplens.runtime.view.circuit;

import io.rasplens.runtime.analysis.circuit.CircuitGraph;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitLink;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitNode;

/** A circuit in Graphviz's language: a box for each part, an arrow for each edge with what is read over it. */
public final class CircuitDot {
    private CircuitDot() {}

    public static String draw(CircuitGraph graph) {
        var out = new StringBuilder("digraph circuit {\n  rankdir=TB;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        for (CircuitNode node : graph.nodes()) {
            out.append("  ").append(quoted(node.component().id())).append(" [label=");
            out.append(quoted(
                    NodeWords.title(node) + (NodeWords.detail(node).isEmpty() ? "" : "\n" + NodeWords.detail(node))));
            out.append("];\n");
        }
        for (CircuitLink link : graph.links()) {
            out.append("  ")
                    .append(quoted(link.edge().from().id()))
                    .append(" -> ")
                    .append(quoted(link.edge().to().id()))
                    .append(" [label=")
                    .append(quoted(link.edge().via().word() + ": " + String.join(", ", link.sops())))
                    .append("];\n");
        }
        return out.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
