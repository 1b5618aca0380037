package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** The programs of the fixtures, as graphs. */
final class FixturePrograms {
    private FixturePrograms() {}

    static RaspProgram reverse() {
        var graph = new Graph();
        SOp tokens = graph.tokens(TokenConversion.ASIS);
        SOp all = graph.selectorWidth(everything(graph));
        SOp from = graph.elementwise(
                minus(), graph.elementwise(minus(), all, graph.indices()), graph.constant(Value.of(1)));
        SOp reverse = graph.aggregate(graph.select(graph.indices(), from, Comparison.EQUAL), tokens, Value.of(0));
        return program(graph, reverse, "reverse", ImmutableMap.of(all, named("length"), from, named("opp")), false);
    }

    static RaspProgram hist() {
        var graph = new Graph();
        SOp tokens = graph.tokens(TokenConversion.ASIS);
        SOp hist = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));
        return program(graph, hist, "hist", ImmutableMap.of(tokens, named("tokens")), false);
    }

    static RaspProgram causalWidth() {
        var graph = new Graph();
        return program(graph, graph.selectorWidth(everything(graph)), "width", ImmutableMap.of(), true);
    }

    static RaspProgram fracPrevs() {
        var graph = new Graph();
        SOp isX = graph.elementwise(
                new Operator.Unary(Operator.UnaryKind.INDICATOR),
                graph.elementwise(
                        new Operator.Binary(Operator.BinaryKind.EQUAL),
                        graph.tokens(TokenConversion.ASIS),
                        graph.constant(Value.of("x"))));
        SOp share = graph.aggregate(
                graph.select(graph.indices(), graph.indices(), Comparison.LESS_EQUAL), isX, Value.of(0));
        return program(graph, share, "frac_prevs", ImmutableMap.of(isX, named("is_x")), false);
    }

    /** Fails on every input that holds a {@code 3}. */
    static RaspProgram reciprocal() {
        var graph = new Graph();
        SOp less = graph.elementwise(minus(), graph.tokens(TokenConversion.ASIS), graph.constant(Value.of(3)));
        SOp result =
                graph.elementwise(new Operator.Binary(Operator.BinaryKind.DIVIDE), graph.constant(Value.of(1)), less);
        return program(graph, result, "reciprocal", ImmutableMap.of(), false);
    }

    private static Operator minus() {
        return new Operator.Binary(Operator.BinaryKind.MINUS);
    }

    static NodeOrigin named(String name) {
        return new NodeOrigin(Optional.of(name), Optional.empty());
    }

    private static io.rasplens.compiler.program.Selector everything(Graph graph) {
        SOp one = graph.constant(Value.of(1));
        return graph.select(one, one, Comparison.EQUAL);
    }

    private static RaspProgram program(
            Graph graph, SOp output, String name, ImmutableMap<ProgramNode, NodeOrigin> origins, boolean causal) {
        return new RaspProgram(graph, output, name, origins, causal);
    }
}
