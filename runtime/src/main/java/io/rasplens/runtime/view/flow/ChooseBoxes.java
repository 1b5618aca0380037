package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which nodes of a program get a box of their own: the input, what attention steps read and write, whatever the program
 * gives a name, and the output. The rest is written out inside the boxes.
 */
final class ChooseBoxes {
    /** Beyond it, named s-ops that no attention step makes are folded too, so that the picture stays one. */
    private static final int FOLD_NAMES_BEYOND = 60;

    /** One box: its node and what to call it. */
    record Chosen(ProgramNode node, String title, boolean named) {}

    /**
     * What was decided.
     *
     * @param boxes in topological order, the output last
     * @param folded how many named s-ops had to go without a box
     */
    record ChosenBoxes(ImmutableList<Chosen> boxes, int folded) {}

    private final FlowRoot program;
    private final ImmutableList<ProgramNode> nodes;

    private ChooseBoxes(FlowRoot program, ImmutableList<ProgramNode> nodes) {
        this.program = program;
        this.nodes = nodes;
    }

    /** {@code nodes} is all that the output needs, itself included, ascending. */
    static ChosenBoxes choose(FlowRoot program, ImmutableList<ProgramNode> nodes) {
        return new ChooseBoxes(program, nodes).run();
    }

    private ChosenBoxes run() {
        Set<ProgramNode> needed = new HashSet<>();
        Set<ProgramNode> nice = new HashSet<>();
        for (ProgramNode node : nodes) {
            if (node.equals(program.node()) || isBase(node) || isHead(node)) {
                needed.add(node);
            } else if (name(node).isPresent() && !(node instanceof SOp.Constant)) {
                nice.add(node);
            }
            if (isHead(node)) {
                node.operands().stream().filter(Selector.class::isInstance).forEach(needed::add);
            }
        }
        nice.removeAll(needed);
        boolean fold = needed.size() + nice.size() > FOLD_NAMES_BEYOND;
        ImmutableList<ProgramNode> boxes = nodes.stream()
                .filter(node -> needed.contains(node) || (!fold && nice.contains(node)))
                .collect(ImmutableList.toImmutableList());
        return new ChosenBoxes(titled(boxes), fold ? nice.size() : 0);
    }

    /** When names repeat (a rebound variable), the earlier ones are numbered: the plain name is what it means at the end. */
    private ImmutableList<Chosen> titled(ImmutableList<ProgramNode> boxes) {
        ImmutableMap<ProgramNode, String> names = names(boxes);
        Map<String, Integer> left = new HashMap<>();
        names.values().forEach(name -> left.merge(name, 1, Integer::sum));
        Map<String, Integer> seen = new HashMap<>();
        var result = ImmutableList.<Chosen>builder();
        int unnamed = 0;
        for (ProgramNode node : boxes) {
            String name = names.get(node);
            if (name == null) {
                result.add(new Chosen(node, circled(++unnamed), false));
            } else {
                int count = seen.merge(name, 1, Integer::sum);
                boolean last = left.merge(name, -1, Integer::sum) == 0;
                result.add(new Chosen(node, last ? name : name + "·" + count, true));
            }
        }
        return result.build();
    }

    private ImmutableMap<ProgramNode, String> names(ImmutableList<ProgramNode> boxes) {
        var names = ImmutableMap.<ProgramNode, String>builder();
        for (ProgramNode node : boxes) {
            name(node).ifPresent(name -> names.put(node, name));
        }
        return names.buildOrThrow();
    }

    private Optional<String> name(ProgramNode node) {
        Optional<String> own = program.origin(node).name();
        if (node instanceof SOp.Indices) {
            return Optional.of("indices");
        }
        if (node instanceof SOp.Tokens tokens) {
            return Optional.of(own.orElse(
                    onlyTokens(tokens) ? "tokens" : tokens.conversion().sopName()));
        }
        return node.equals(program.node()) ? Optional.of(program.name()) : own;
    }

    /** {@code tokens} is what nearly everybody writes for {@code tokens_str}; it would mislead beside other conversions. */
    private boolean onlyTokens(SOp.Tokens tokens) {
        return tokens.conversion() == TokenConversion.STR
                && nodes.stream().filter(SOp.Tokens.class::isInstance).count() == 1;
    }

    private static boolean isBase(ProgramNode node) {
        return node instanceof SOp.Tokens || node instanceof SOp.Indices;
    }

    static boolean isHead(ProgramNode node) {
        return node instanceof SOp.Aggregate || node instanceof SOp.SelectorWidth;
    }

    /** ① to ⑳, then (21) and so on. */
    private static String circled(int number) {
        return number <= 20 ? Character.toString(0x2460 + number - 1) : "(" + number + ")";
    }
}
