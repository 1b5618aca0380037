package io.rasplens.compiler.infer.refusal;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives nodes without a name that one expression made, in a loop or a function, titles that tell them apart: what they are, with the
 * bindings and constants that the expression had at the time.
 */
public final class TellApart {
    /** Of larger programs nobody reads labels. */
    private static final int MOST_NODES = 20_000;

    private static final int LONGEST = 72;

    private TellApart() {}

    public static RaspProgram nodes(RaspProgram program) {
        ImmutableList<ProgramNode> nodes = program.nodes();
        if (nodes.size() > MOST_NODES) {
            return program;
        }
        ListMultimap<String, ProgramNode> alike = ArrayListMultimap.create();
        for (ProgramNode node : nodes) {
            boolean given = node instanceof SOp.Tokens || node instanceof SOp.Indices || node instanceof SOp.Constant;
            if (node instanceof SOp && !given && program.nameOf(node).isEmpty()) {
                alike.put(DescribeNode.label(program, node), node);
            }
        }
        var names = new Memo<ProgramNode, Optional<String>>(
                part -> program.nameOf(part).or(() -> DescribeNode.tokens(part)));
        Map<ProgramNode, NodeOrigin> origins = new LinkedHashMap<>(program.origins());
        alike.asMap().values().stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> origins.putAll(titled(program, names, List.copyOf(same))));
        return new RaspProgram(
                program.graph(), program.output(), program.name(), ImmutableMap.copyOf(origins), program.causal());
    }

    private static Map<ProgramNode, NodeOrigin> titled(
            RaspProgram program, Memo<ProgramNode, Optional<String>> names, List<ProgramNode> same) {
        Map<String, Integer> seen = new HashMap<>();
        Map<ProgramNode, NodeOrigin> titled = new LinkedHashMap<>();
        for (ProgramNode node : same) {
            String text = NodeText.definition(node, part -> part == node ? Optional.empty() : names.get(part), LONGEST);
            int count = seen.merge(text, 1, Integer::sum);
            titled.put(node, program.origin(node).titled(count == 1 ? text : text + " #" + count));
        }
        return titled;
    }
}
