package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Origin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites a program into one with the same answers that attention computes with less.
 *
 * <p>Whether a width is above 0 needs no count: a head that reads 1 at the selected keys and 0 at BOS tells, without a hidden unit. So
 * {@code selector_width(s) > 0} becomes {@code aggregate(s, 1) == 1} where nothing else asks how wide {@code s} is and one
 * head can look for it; see {@link Focus}.
 *
 * <p>A mean over a mark at position 0 and what else is selected is a function of how much that is; see {@link FirstAsMark}. A mean times
 * how much it was taken over is a total; see {@link RoundedTotal}.
 */
final class Normalize {
    private static final Value ZERO = Value.of(0);
    private static final Value ONE = Value.of(1);

    private final CompileTarget target;
    private final Graph graph = new Graph();
    private final Map<ProgramNode, Origin> origins = new HashMap<>();
    private final Map<ProgramNode, ProgramNode> rewritten = new HashMap<>();
    private final Set<SOp.SelectorWidth> counted = new HashSet<>();
    private final Map<SOp.Aggregate, FirstAsMark> marks = new HashMap<>();
    private final Map<SOp.Elementwise, RoundedTotal> totals = new HashMap<>();

    private Normalize(CompileTarget target) {
        this.target = target;
    }

    static CompileTarget normalize(CompileTarget target) {
        return new Normalize(target).rewrite();
    }

    private CompileTarget rewrite() {
        RaspProgram program = target.program();
        ImmutableList<ProgramNode> nodes = NeededNodes.of(ImmutableList.of(program.output()));
        findCounted(nodes, program.output());
        findMarks(nodes);
        findTotals(nodes);
        if (nodes.stream().noneMatch(this::isRewritten)) {
            return target;
        }
        for (ProgramNode node : nodes) {
            ProgramNode now = node instanceof SOp sop ? sop(sop) : selector((Selector) node);
            rewritten.put(node, now);
            Origin origin = program.origins().get(node);
            if (origin != null) {
                origins.putIfAbsent(now, origin);
            }
        }
        SOp output = now(program.output());
        return new CompileTarget(
                new RaspProgram(graph, output, program.name(), ImmutableMap.copyOf(origins), program.causal()),
                target.vocabulary(),
                target.maxLength());
    }

    private boolean isRewritten(ProgramNode node) {
        return (node instanceof SOp.SelectorWidth width && !counted.contains(width))
                || (node instanceof SOp.Aggregate aggregate && marks.containsKey(aggregate))
                || (node instanceof SOp.Elementwise elementwise && totals.containsKey(elementwise));
    }

    private void findMarks(List<ProgramNode> nodes) {
        for (ProgramNode node : nodes) {
            if (node instanceof SOp.Aggregate aggregate) {
                FirstAsMark.match(aggregate, target).ifPresent(mark -> marks.put(aggregate, mark));
            }
        }
    }

    private void findTotals(List<ProgramNode> nodes) {
        for (ProgramNode node : nodes) {
            if (node instanceof SOp.Elementwise elementwise) {
                RoundedTotal.match(elementwise, target).ifPresent(total -> totals.put(elementwise, total));
            }
        }
    }

    /** The widths of which more is asked than whether they are 0. */
    private void findCounted(List<ProgramNode> nodes, SOp output) {
        for (ProgramNode node : nodes) {
            boolean asksFocus = Focus.of(node).filter(Focus::isOneHead).isPresent();
            for (ProgramNode operand : node.operands()) {
                if (operand instanceof SOp.SelectorWidth width && !asksFocus) {
                    counted.add(width);
                }
            }
        }
        if (output instanceof SOp.SelectorWidth width) {
            counted.add(width);
        }
    }

    private SOp sop(SOp node) {
        return node.accept(new SOp.Visitor<SOp>() {
            @Override
            public SOp tokens(SOp.Tokens tokens) {
                return graph.tokens(tokens.conversion());
            }

            @Override
            public SOp indices(SOp.Indices indices) {
                return graph.indices();
            }

            @Override
            public SOp constant(SOp.Constant constant) {
                return graph.constant(constant.value());
            }

            @Override
            public SOp elementwise(SOp.Elementwise elementwise) {
                RoundedTotal total = totals.get(elementwise);
                if (total != null) {
                    return sum(elementwise, total);
                }
                Optional<Focus> focus = Focus.of(elementwise).filter(asked -> !counted.contains(asked.width()));
                if (focus.isPresent()) {
                    return graph.elementwise(
                            new Operator.Binary(BinaryKind.EQUAL),
                            now(focus.get().width()),
                            graph.constant(focus.get().some() ? ONE : ZERO));
                }
                return graph.elementwise(
                        elementwise.operator(),
                        elementwise.arguments().stream().map(a -> now(a)).collect(ImmutableList.toImmutableList()));
            }

            @Override
            public SOp aggregate(SOp.Aggregate aggregate) {
                FirstAsMark mark = marks.get(aggregate);
                return mark != null
                        ? share(aggregate, mark)
                        : graph.aggregate(now(aggregate.selector()), now(aggregate.sequence()), aggregate.fallback());
            }

            @Override
            public SOp selectorWidth(SOp.SelectorWidth width) {
                return counted.contains(width)
                        ? graph.selectorWidth(now(width.selector()))
                        : graph.aggregate(now(width.selector()), graph.constant(ONE), ZERO);
            }
        });
    }

    /** {@code mark / (1 + w)}: a width can be read as a number without hidden units, and so can whatever is affine in it. */
    private SOp share(SOp.Aggregate node, FirstAsMark match) {
        Selector others =
                match.others().stream().map(this::now).reduce(graph::or).orElseThrow();
        SOp width = graph.selectorWidth(graph.and(others, graph.not(now(match.first()))));
        originate(width, node);
        SOp mark = graph.constant(match.mark());
        SOp none =
                graph.elementwise(new Operator.Binary(BinaryKind.EQUAL), ImmutableList.of(width, graph.constant(ZERO)));
        SOp total =
                graph.elementwise(new Operator.Binary(BinaryKind.PLUS), ImmutableList.of(width, graph.constant(ONE)));
        SOp mean = graph.elementwise(new Operator.Binary(BinaryKind.DIVIDE), ImmutableList.of(mark, total));
        // Alone, the mark is copied and keeps its type; a mean is a float.
        return graph.elementwise(new Operator.Conditional(), ImmutableList.of(none, mark, mean));
    }

    /** {@code Σ v * w(selector and sequence == v)}. */
    private SOp sum(SOp node, RoundedTotal total) {
        SOp sum = graph.constant(ZERO);
        for (Value value : total.values()) {
            Selector holds = graph.select(now(total.sequence()), graph.constant(value), Comparison.EQUAL);
            SOp width = graph.selectorWidth(graph.and(now(total.selector()), holds));
            originate(width, node);
            SOp part = graph.elementwise(new Operator.Binary(BinaryKind.TIMES), width, graph.constant(value));
            sum = graph.elementwise(new Operator.Binary(BinaryKind.PLUS), sum, part);
        }
        return sum;
    }

    private void originate(SOp made, SOp node) {
        target.program()
                .origin(node)
                .span()
                .ifPresent(span -> origins.putIfAbsent(made, new Origin(Optional.empty(), Optional.of(span))));
    }

    private Selector selector(Selector node) {
        return node.accept(new Selector.Visitor<Selector>() {
            @Override
            public Selector select(Selector.Select select) {
                return graph.select(now(select.key()), now(select.query()), select.comparison());
            }

            @Override
            public Selector and(Selector.And and) {
                return graph.and(now(and.left()), now(and.right()));
            }

            @Override
            public Selector or(Selector.Or or) {
                return graph.or(now(or.left()), now(or.right()));
            }

            @Override
            public Selector not(Selector.Not not) {
                return graph.not(now(not.operand()));
            }
        });
    }

    @SuppressWarnings("unchecked")
    private <N extends ProgramNode> N now(N node) {
        return (N) Objects.requireNonNull(rewritten.get(node));
    }
}
