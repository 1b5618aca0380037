package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.ProgramNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The nodes that some roots are made of. */
public final class NeededNodes {
    private NeededNodes() {}

    /** The roots and everything below them, operands before users. */
    public static ImmutableList<ProgramNode> of(Collection<? extends ProgramNode> roots) {
        return Graph.below(roots);
    }

    /** Those of them that are not known, nor below others that are. */
    static ImmutableList<ProgramNode> of(Collection<? extends ProgramNode> roots, Predicate<ProgramNode> isKnown) {
        Set<ProgramNode> seen = new HashSet<>(roots);
        seen.removeIf(isKnown);
        var open = new ArrayDeque<ProgramNode>(seen);
        var found = new ArrayList<ProgramNode>(seen);
        while (!open.isEmpty()) {
            for (ProgramNode operand : open.pop().operands()) {
                if (!isKnown.test(operand) && seen.add(operand)) {
                    open.push(operand);
                    found.add(operand);
                }
            }
        }
        return byId(found);
    }

    /** Nodes, operands before users. Plain numbers are sorted, the id and the place in the list: calls to a comparator are slow in the first run of a new JVM. */
    public static <N extends ProgramNode> ImmutableList<N> byId(List<N> nodes) {
        var keys = new long[nodes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) nodes.get(i).id() << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        ImmutableList.Builder<N> sorted = ImmutableList.builderWithExpectedSize(keys.length);
        for (long key : keys) {
            sorted.add(nodes.get((int) key));
        }
        return sorted.build();
    }
}
