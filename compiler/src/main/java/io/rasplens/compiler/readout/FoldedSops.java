package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The named s-ops of a program that stand nowhere in its model, and what they were folded into. */
public final class FoldedSops {
    private FoldedSops() {}

    /**
     * An s-op that can't be read.
     *
     * @param into the s-ops that are computed from it and that can be read, or the output
     */
    public record Folded(String name, ImmutableList<String> into) {}

    /** In the order of the program. */
    public static ImmutableList<Folded> of(CompiledModel model, RaspProgram program) {
        ImmutableSet<String> readable =
                model.readouts().stream().map(SopReadout::sop).collect(ImmutableSet.toImmutableSet());
        ImmutableList<ProgramNode> nodes = NeededNodes.of(ImmutableList.of(program.output()));
        ImmutableSetMultimap.Builder<ProgramNode, ProgramNode> users = ImmutableSetMultimap.builder();
        nodes.forEach(node -> node.operands().forEach(operand -> users.put(operand, node)));
        ImmutableSetMultimap<ProgramNode, ProgramNode> usersOf = users.build();
        ImmutableList.Builder<Folded> folded = ImmutableList.builder();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp) {
                program.nameOf(node)
                        .filter(name -> !readable.contains(name))
                        .ifPresent(name -> folded.add(new Folded(name, into(node, usersOf, program, readable))));
            }
        }
        return folded.build();
    }

    /** The nearest users that can be read. */
    private static ImmutableList<String> into(
            ProgramNode node,
            ImmutableSetMultimap<ProgramNode, ProgramNode> users,
            RaspProgram program,
            ImmutableSet<String> readable) {
        Set<String> into = new LinkedHashSet<>();
        Set<ProgramNode> seen = new LinkedHashSet<>();
        var open = new ArrayDeque<ProgramNode>(users.get(node));
        while (!open.isEmpty()) {
            ProgramNode user = open.pop();
            if (seen.add(user)) {
                String name = program.nameOf(user).orElse("");
                if (readable.contains(name)) {
                    into.add(name);
                } else {
                    open.addAll(users.get(user));
                }
            }
        }
        return ImmutableList.copyOf(into);
    }
}
