package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Finds which boxes each box reads, through the nodes that have none. Not recursive: a graph may be very deep. */
final class CollectReads {
    private final Map<ProgramNode, Integer> boxes;
    private final Map<ProgramNode, Map<FlowArrow.ArrowRole, BitSet>> reads = new HashMap<>();

    private CollectReads(Map<ProgramNode, Integer> boxes) {
        this.boxes = boxes;
    }

    /**
     * All arrows between boxes.
     *
     * @param nodes all nodes of the program, ascending
     * @param boxes the box number of each node that has one
     * @return sorted by reader, then source, then role
     */
    static ImmutableList<FlowArrow> collect(ImmutableList<ProgramNode> nodes, Map<ProgramNode, Integer> boxes) {
        var collector = new CollectReads(boxes);
        var arrows = ImmutableList.<FlowArrow>builder();
        for (ProgramNode node : nodes) {
            Map<FlowArrow.ArrowRole, BitSet> read = collector.read(node);
            collector.reads.put(node, read);
            Integer box = boxes.get(node);
            if (box != null) {
                for (int from = 0; from < box; from++) {
                    for (var entry : read.entrySet()) {
                        if (entry.getValue().get(from)) {
                            arrows.add(new FlowArrow(from, box, entry.getKey()));
                        }
                    }
                }
            }
        }
        return arrows.build();
    }

    private Map<FlowArrow.ArrowRole, BitSet> read(ProgramNode node) {
        var result = new EnumMap<FlowArrow.ArrowRole, BitSet>(FlowArrow.ArrowRole.class);
        if (node instanceof Selector.Select select) {
            add(result, select.key(), FlowArrow.ArrowRole.KEY);
            add(result, select.query(), FlowArrow.ArrowRole.QUERY);
        } else if (node instanceof SOp.Aggregate aggregate) {
            add(result, aggregate.selector(), FlowArrow.ArrowRole.SELECTOR);
            add(result, aggregate.sequence(), FlowArrow.ArrowRole.VALUE);
        } else {
            boolean ofSelectors = node instanceof Selector || node instanceof SOp.SelectorWidth;
            for (ProgramNode operand : node.operands()) {
                add(result, operand, ofSelectors ? FlowArrow.ArrowRole.SELECTOR : FlowArrow.ArrowRole.ARGUMENT);
            }
        }
        return result;
    }

    /** A folded selector passes on its own keys and queries; a folded s-op's reads become what the s-op itself is read as. */
    private void add(Map<FlowArrow.ArrowRole, BitSet> result, ProgramNode operand, FlowArrow.ArrowRole role) {
        Integer box = boxes.get(operand);
        if (box != null) {
            result.computeIfAbsent(role, unused -> new BitSet()).set(box);
            return;
        }
        reads.getOrDefault(operand, Map.of())
                .forEach((inner, sources) -> result.computeIfAbsent(
                                operand instanceof Selector ? inner : role, unused -> new BitSet())
                        .or(sources));
    }
}
