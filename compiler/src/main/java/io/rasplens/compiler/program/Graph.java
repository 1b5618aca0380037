package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Makes and interns the nodes of one program. Nodes of different graphs must not be mixed.
 *
 * <pre>{@code
 * Graph graph = new Graph();
 * SOp tokens = graph.tokens(TokenConversion.STR);
 * Selector same = graph.select(tokens, tokens, Comparison.EQUAL);
 * SOp histogram = graph.selectorWidth(same);
 * }</pre>
 */
public final class Graph {
    /** What makes two nodes the same: the class, what it holds, and the operands' identities. */
    private record Key(Class<?> kind, Object payload, ImmutableList<ProgramNode> operands) {}

    private static final Object NO_PAYLOAD = "";

    private final Map<Key, ProgramNode> interned = new HashMap<>();
    private final List<ProgramNode> nodes = new ArrayList<>();

    /** Nodes of another graph, which may be operands here. */
    private final List<ProgramNode> ground;

    /** What was asked for last, and mostly is again: the nodes of a program's output. */
    private volatile Below last = new Below(Optional.empty(), ImmutableList.of());

    /** Nodes that never change are below a root. */
    private record Below(Optional<ProgramNode> root, ImmutableList<ProgramNode> nodes) {}

    /** An empty graph. */
    public Graph() {
        this(ImmutableList.of());
    }

    private Graph(List<ProgramNode> ground) {
        this.ground = ground;
    }

    /** A graph over the nodes of another, which knows nothing of it and stays as it is. */
    public static Graph over(Graph other) {
        return new Graph(ImmutableList.copyOf(other.nodes));
    }

    public SOp.Tokens tokens(TokenConversion conversion) {
        return intern(SOp.Tokens.class, conversion, ImmutableList.of(), id -> new SOp.Tokens(id, conversion));
    }

    public SOp.Indices indices() {
        return intern(SOp.Indices.class, NO_PAYLOAD, ImmutableList.of(), SOp.Indices::new);
    }

    public SOp.Constant constant(Value value) {
        return intern(SOp.Constant.class, value, ImmutableList.of(), id -> new SOp.Constant(id, value));
    }

    public SOp.Elementwise elementwise(Operator operator, SOp... arguments) {
        return elementwise(operator, ImmutableList.copyOf(arguments));
    }

    public SOp.Elementwise elementwise(Operator operator, ImmutableList<SOp> arguments) {
        if (arguments.size() != operator.arity()) {
            throw new IllegalArgumentException(operator + " takes " + operator.arity() + " arguments");
        }
        return intern(
                SOp.Elementwise.class,
                operator,
                ImmutableList.copyOf(arguments),
                id -> new SOp.Elementwise(id, operator, arguments));
    }

    public SOp.Aggregate aggregate(Selector selector, SOp sequence, Value fallback) {
        return intern(
                SOp.Aggregate.class,
                fallback,
                ImmutableList.of(selector, sequence),
                id -> new SOp.Aggregate(id, selector, sequence, fallback));
    }

    public SOp.SelectorWidth selectorWidth(Selector selector) {
        return intern(
                SOp.SelectorWidth.class,
                NO_PAYLOAD,
                ImmutableList.of(selector),
                id -> new SOp.SelectorWidth(id, selector));
    }

    public Selector.Select select(SOp key, SOp query, Comparison comparison) {
        return intern(
                Selector.Select.class,
                comparison,
                ImmutableList.of(key, query),
                id -> new Selector.Select(id, key, query, comparison));
    }

    public Selector.And and(Selector left, Selector right) {
        return intern(
                Selector.And.class, NO_PAYLOAD, ImmutableList.of(left, right), id -> new Selector.And(id, left, right));
    }

    public Selector.Or or(Selector left, Selector right) {
        return intern(
                Selector.Or.class, NO_PAYLOAD, ImmutableList.of(left, right), id -> new Selector.Or(id, left, right));
    }

    public Selector.Not not(Selector operand) {
        return intern(Selector.Not.class, NO_PAYLOAD, ImmutableList.of(operand), id -> new Selector.Not(id, operand));
    }

    /** All nodes so far that were made here; without a graph below it, the node at position i has id i. */
    public List<ProgramNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Some nodes of one graph and everything below them, operands before users. */
    public static ImmutableList<ProgramNode> below(Collection<? extends ProgramNode> roots) {
        int ids = roots.stream().mapToInt(ProgramNode::id).max().orElse(-1) + 1;
        // Operands have smaller ids, so one way down meets all users of a node before the node.
        var byId = new ProgramNode[ids];
        roots.forEach(root -> byId[root.id()] = root);
        int count = 0;
        for (int id = ids - 1; id >= 0; id--) {
            if (byId[id] != null) {
                for (ProgramNode operand : byId[id].operands()) {
                    byId[operand.id()] = operand;
                }
                count++;
            }
        }
        ImmutableList.Builder<ProgramNode> found = ImmutableList.builderWithExpectedSize(count);
        for (ProgramNode node : byId) {
            if (node != null) {
                found.add(node);
            }
        }
        return found.build();
    }

    /** A node and everything below it, operands before users. */
    ImmutableList<ProgramNode> below(ProgramNode root) {
        Below known = last;
        if (known.root().isEmpty() || known.root().get() != root) {
            known = new Below(Optional.of(root), below(ImmutableList.of(root)));
            last = known;
        }
        return known.nodes();
    }

    public int size() {
        return nodes.size();
    }

    private <N extends ProgramNode> N intern(
            Class<N> kind, Object payload, ImmutableList<ProgramNode> operands, IntFunction<N> make) {
        var key = new Key(kind, payload, operands);
        ProgramNode known = interned.get(key);
        if (known != null) {
            return kind.cast(known);
        }
        for (ProgramNode operand : operands) {
            if (!isHere(operand)) {
                throw new IllegalArgumentException(operand + " belongs to another graph");
            }
        }
        N node = make.apply(ground.size() + nodes.size());
        nodes.add(node);
        interned.put(key, node);
        return node;
    }

    private boolean isHere(ProgramNode node) {
        int place = node.id() - ground.size();
        return place < 0 ? ground.get(node.id()) == node : place < nodes.size() && nodes.get(place) == node;
    }
}
