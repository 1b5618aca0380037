package io.rasplens.compiler.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the nodes of one graph, kept by {@link ProgramNode#id}: a few bytes a node, where a hash map takes fifty. Graphs
 * may have a million nodes.
 */
public final class NodeMap<N extends ProgramNode, T> {
    private final List<@Nullable T> items = new ArrayList<>();

    public @Nullable T get(N node) {
        return node.id() < items.size() ? items.get(node.id()) : null;
    }

    public void put(N node, T item) {
        while (items.size() <= node.id()) {
            items.add(null);
        }
        items.set(node.id(), item);
    }
}
