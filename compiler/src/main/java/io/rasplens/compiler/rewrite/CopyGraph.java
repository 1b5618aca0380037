package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.NodeText;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Copies a program, operands before users, with some of its nodes replaced. What is replaced keeps its name and place. */
final class CopyGraph {
    private final CompileTarget target;
    private final Graph graph = new Graph();
    private final Map<ProgramNode, NodeOrigin> origins = new HashMap<>();
    private final Map<ProgramNode, ProgramNode> copies = new HashMap<>();

    private CopyGraph(CompileTarget target) {
        this.target = target;
    }

    /** Makes another node of one, in the graph of the copy. */
    interface Replacement {
        /** Empty for an s-op that stays as it is; its operands are copied already. */
        Optional<SOp> of(SOp sop, CopyGraph copy);

        /** The same for a selector. */
        default Optional<Selector> of(Selector selector, CopyGraph copy) {
            return Optional.empty();
        }
    }

    static CompileTarget copy(CompileTarget target, Replacement replacement) {
        return new CopyGraph(target).run(replacement);
    }

    private CompileTarget run(Replacement replacement) {
        RaspProgram program = target.program();
        for (ProgramNode node : program.nodes()) {
            ProgramNode copied = node instanceof SOp sop
                    ? replacement.of(sop, this).orElseGet(() -> copied(sop))
                    : replacement.of((Selector) node, this).orElseGet(() -> copied((Selector) node));
            copies.put(node, copied);
            NodeOrigin origin = program.origins().get(node);
            if (origin != null) {
                origins.putIfAbsent(copied, origin);
            }
        }
        SOp output = now(program.output());
        return new CompileTarget(
                new RaspProgram(graph, output, program.name(), ImmutableMap.copyOf(origins), program.causal()),
                target.vocabulary(),
                target.maxLength());
    }

    /** The graph that is made. */
    Graph graph() {
        return graph;
    }

    /** A node's copy. */
    @SuppressWarnings("unchecked")
    <N extends ProgramNode> N now(N node) {
        return (N) Objects.requireNonNull(copies.get(node));
    }

    /** Says of a node that a rule made where it comes from; what was said first holds. */
    void originate(SOp made, NodeOrigin origin) {
        origins.putIfAbsent(made, origin);
    }

    /** Says of a node that a rule made which expression it serves. It is not that expression, so its title is what it is itself. */
    void originate(SOp made, SOp node) {
        target.program()
                .origin(node)
                .span()
                .ifPresent(span ->
                        originate(made, new NodeOrigin(Optional.empty(), Optional.of(span)).titled(title(made))));
    }

    private String title(SOp made) {
        return NodeText.definition(
                made, part -> Optional.ofNullable(origins.get(part)).flatMap(NodeOrigin::name), NodeText.LINE);
    }

    /** An s-op over the copies of its operands, as it is. */
    SOp copied(SOp node) {
        return node.accept(new SOp.SOpVisitor<SOp>() {
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
                return graph.elementwise(
                        elementwise.operator(),
                        elementwise.arguments().stream().map(a -> now(a)).collect(ImmutableList.toImmutableList()));
            }

            @Override
            public SOp aggregate(SOp.Aggregate aggregate) {
                return graph.aggregate(now(aggregate.selector()), now(aggregate.sequence()), aggregate.fallback());
            }

            @Override
            public SOp selectorWidth(SOp.SelectorWidth width) {
                return graph.selectorWidth(now(width.selector()));
            }
        });
    }

    private Selector copied(Selector node) {
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
}
