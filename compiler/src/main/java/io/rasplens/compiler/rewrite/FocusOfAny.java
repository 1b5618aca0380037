package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether anything is selected by an {@code or} of selectors that look at different s-ops is asked of each by itself. One head would add up
 * their scores, and attend to a key for which two of them hold as if there were no other: its pattern would not be the selector's row.
 */
final class FocusOfAny implements GraphRule {
    private static final Value ZERO = Value.of(0);

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        Set<SOp> counted = WidthAsFocus.counted(
                NeededNodes.of(ImmutableList.of(target.program().output())),
                target.program().output());
        return Matches.apply(
                target,
                SOp.Elementwise.class,
                node -> Focus.of(node)
                        .filter(focus -> !counted.contains(focus.width()))
                        .map(FocusOfAny::alternatives)
                        .filter(any -> any.selectors().size() > 1),
                FocusOfAny::split);
    }

    /**
     * What the selector of a focus is an {@code or} of.
     *
     * @param selectors by what they look at: one head tells whether any of several values is there
     */
    private record Alternatives(Focus focus, Map<Set<SOp>, List<Selector>> selectors) {}

    private static SOp split(SOp.Elementwise node, Alternatives any, CopyGraph copy) {
        Graph graph = copy.graph();
        Focus focus = any.focus();
        var asks = new Operator.Binary(focus.some() ? BinaryKind.GREATER : BinaryKind.EQUAL);
        var together = new Operator.Binary(focus.some() ? BinaryKind.OR : BinaryKind.AND);
        return any.selectors().values().stream()
                .<SOp>map(alternative -> {
                    SOp width = graph.selectorWidth(alternative.stream()
                            .map(copy::now)
                            .reduce(graph::or)
                            .orElseThrow());
                    copy.originate(width, focus.width());
                    return graph.elementwise(asks, width, graph.constant(ZERO));
                })
                .reduce((a, b) -> graph.elementwise(together, a, b))
                .orElseThrow();
    }

    private static Alternatives alternatives(Focus focus) {
        Map<Set<SOp>, List<Selector>> alternatives = new LinkedHashMap<>();
        var open = new ArrayDeque<Selector>(List.of(focus.width().selector()));
        while (!open.isEmpty()) {
            Selector at = open.pop();
            if (at instanceof Selector.Or or) {
                open.push(or.right());
                open.push(or.left());
            } else {
                alternatives
                        .computeIfAbsent(looksAt(at), sops -> new ArrayList<>())
                        .add(at);
            }
        }
        return new Alternatives(focus, alternatives);
    }

    private static Set<SOp> looksAt(Selector selector) {
        Set<SOp> seen = new HashSet<>();
        for (Selector.Select select : SelectorDiagram.selects(selector)) {
            for (ProgramNode side : select.operands()) {
                if (side instanceof SOp sop && !(side instanceof SOp.Constant)) {
                    seen.add(sop);
                }
            }
        }
        return seen;
    }
}
