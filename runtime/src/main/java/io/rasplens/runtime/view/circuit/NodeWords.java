package io.rasplens.runtime.view.circuit;

import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.circuit.CircuitGraph.CircuitNode;

/** What stands in a part's box. */
final class NodeWords {
    private static final int LONGEST = 28;

    private NodeWords() {}

    /** {@code head 1.0}: the first of layer 1. */
    static String title(CircuitNode node) {
        Component part = node.component();
        return switch (part.kind()) {
            case EMBED -> "embed";
            case POS_EMBED -> "pos_embed";
            case HEAD -> "head " + part.layer() + "." + part.head();
            case MLP -> "mlp " + part.layer();
            case UNEMBED -> "unembed";
        };
    }

    /** The s-ops that it computes, shortened; of an embedding what it embeds. */
    static String detail(CircuitNode node) {
        boolean embeds = node.component().layer() < 0 && node.sops().isEmpty();
        String all = embeds ? node.label() : String.join(", ", node.sops());
        int end = LONGEST - 1;
        return all.length() <= LONGEST
                ? all
                : all.substring(0, Character.isHighSurrogate(all.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
