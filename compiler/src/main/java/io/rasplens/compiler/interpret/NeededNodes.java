package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.ProgramNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** The nodes that some roots are made of. */
public final class NeededNodes {
    private NeededNodes() {}

    /** The roots and everything below them, operands before users. */
    public static ImmutableList<ProgramNode> of(Collection<? extends ProgramNode> roots) {
        Set<ProgramNode> seen = new HashSet<>(roots);
        var open = new ArrayDeque<ProgramNode>(seen);
        var found = new ArrayList<ProgramNode>(seen);
        while (!open.isEmpty()) {
            for (ProgramNode operand : open.pop().operands()) {
                if (seen.add(operand)) {
                    open.push(operand);
                    found.add(operand);
                }
            }
        }
        found.sort(Comparator.comparingInt(ProgramNode::id));
        return ImmutableList.copyOf(found);
    }
}
