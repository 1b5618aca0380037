package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts {@link Operator.Kept} between each kept s-op and whatever reads it. The new node has the s-op's name: it is what the name means
 * to whoever reads or sets it in the model.
 */
public final class CutKept {
    private final CompileTarget target;
    private final Graph graph = new Graph();
    private final Map<ProgramNode, ProgramNode> nodes = new HashMap<>();
    private final Map<ProgramNode, NodeOrigin> origins = new LinkedHashMap<>();

    private CutKept(CompileTarget target) {
        this.target = target;
    }

    /** The same target where nothing is kept. */
    public static CompileTarget cut(CompileTarget target) {
        return target.kept().isEmpty() ? target : new CutKept(target).run();
    }

    private CompileTarget run() {
        RaspProgram program = target.program();
        for (ProgramNode node : NeededNodes.of(ImmutableList.of(program.output()))) {
            ProgramNode copy = node instanceof SOp sop ? sop.accept(new Copy()) : selector((Selector) node);
            NodeOrigin origin = program.origin(node);
            if (node instanceof SOp sop && target.kept().contains(sop)) {
                SOp kept = graph.elementwise(new Operator.Kept(), (SOp) copy);
                origins.putIfAbsent(
                        copy, new NodeOrigin(Optional.empty(), origin.span(), origin.call(), Optional.empty()));
                origins.put(kept, named(sop, origin));
                nodes.put(node, kept);
            } else {
                origins.putIfAbsent(copy, origin);
                nodes.put(node, copy);
            }
        }
        return new CompileTarget(
                new RaspProgram(
                        graph, now(program.output()), program.name(), ImmutableMap.copyOf(origins), program.causal()),
                target.vocabulary(),
                target.maxLength());
    }

    /** A base s-op has a name without a binding. */
    private NodeOrigin named(SOp sop, NodeOrigin origin) {
        return origin.name().isPresent() || sop == target.program().output()
                ? origin
                : new NodeOrigin(
                        Optional.of(io.rasplens.compiler.infer.DescribeNode.label(target.program(), sop)),
                        origin.span(),
                        origin.call(),
                        origin.binding());
    }

    private ProgramNode now(ProgramNode node) {
        return java.util.Objects.requireNonNull(nodes.get(node));
    }

    private SOp now(SOp node) {
        return (SOp) now((ProgramNode) node);
    }

    private Selector now(Selector node) {
        return (Selector) now((ProgramNode) node);
    }

    private Selector selector(Selector node) {
        return node.accept(new Selector.SelectorVisitor<Selector>() {
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

    private final class Copy implements SOp.SOpVisitor<SOp> {
        @Override
        public SOp tokens(SOp.Tokens node) {
            return graph.tokens(node.conversion());
        }

        @Override
        public SOp indices(SOp.Indices node) {
            return graph.indices();
        }

        @Override
        public SOp constant(SOp.Constant node) {
            return graph.constant(node.value());
        }

        @Override
        public SOp elementwise(SOp.Elementwise node) {
            return graph.elementwise(
                    node.operator(),
                    node.arguments().stream().map(CutKept.this::now).collect(ImmutableList.toImmutableList()));
        }

        @Override
        public SOp aggregate(SOp.Aggregate node) {
            return graph.aggregate(now(node.selector()), now(node.sequence()), node.fallback());
        }

        @Override
        public SOp selectorWidth(SOp.SelectorWidth node) {
            return graph.selectorWidth(now(node.selector()));
        }
    }
}
