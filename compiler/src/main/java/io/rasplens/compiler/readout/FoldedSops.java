package io.rasplens.compiler.readout;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** As a model tells it of itself. */
    public static ImmutableList<Folded> of(CompiledModel model) {
        return model.provenance().anatomy().map(Anatomy::sops).orElse(ImmutableList.of()).stream()
                .filter(sop -> !sop.into().isEmpty())
                .map(sop -> new Folded(sop.name(), sop.into()))
                .collect(ImmutableList.toImmutableList());
    }

    /** For a model that is to tell it, in the order of the program. */
    static ImmutableList<Folded> of(CompiledModel model, RaspProgram program) {
        ImmutableSet<String> readable =
                model.readouts().stream().map(SopReadout::sop).collect(ImmutableSet.toImmutableSet());
        ImmutableList<ProgramNode> nodes = program.nodes();
        ListMultimap<ProgramNode, ProgramNode> users = ArrayListMultimap.create();
        nodes.forEach(node -> node.operands().forEach(operand -> users.put(operand, node)));
        var names = new Memo<ProgramNode, Optional<String>>(program::nameOf);
        var into = new NodeMap<ProgramNode, ImmutableList<String>>();
        // Users stand behind what they use: from the back, each node is asked once, however long a chain of folded ones
        // is.
        for (ProgramNode node : nodes.reverse()) {
            into.put(node, into(users.get(node), into, names, readable));
        }
        ImmutableList.Builder<Folded> folded = ImmutableList.builder();
        for (ProgramNode node : nodes) {
            if (node instanceof SOp) {
                names.get(node)
                        .filter(name -> !readable.contains(name))
                        .ifPresent(name -> folded.add(new Folded(name, Objects.requireNonNull(into.get(node)))));
            }
        }
        return folded.build();
    }

    /** The nearest users that can be read: they themselves, or what they were folded into. */
    private static ImmutableList<String> into(
            List<ProgramNode> users,
            NodeMap<ProgramNode, ImmutableList<String>> known,
            Memo<ProgramNode, Optional<String>> names,
            ImmutableSet<String> readable) {
        Set<String> into = new LinkedHashSet<>();
        for (ProgramNode user : users) {
            names.get(user).filter(readable::contains).ifPresent(into::add);
        }
        for (ProgramNode user : users) {
            if (names.get(user).filter(readable::contains).isEmpty()) {
                ImmutableList<String> beyond = Objects.requireNonNull(known.get(user));
                if (users.size() == 1) {
                    return beyond;
                }
                into.addAll(beyond);
            }
        }
        return ImmutableList.copyOf(into);
    }
}
