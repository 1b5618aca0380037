package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Programs built node by node, as the elaborator would. */
final class FlowPrograms {
    final Graph graph = new Graph();
    final SOp tokens = graph.tokens(TokenConversion.STR);
    final SOp indices = graph.indices();
    private final Map<ProgramNode, String> names = new LinkedHashMap<>();

    FlowPrograms() {
        named("tokens", tokens);
    }

    static ImmutableList<Value> input(String text) {
        return text.codePoints()
                .mapToObj(point -> Value.of(Character.toString(point)))
                .collect(ImmutableList.toImmutableList());
    }

    static RaspProgram sort() {
        var p = new FlowPrograms();
        Selector smaller = p.named("smaller", p.graph.select(p.tokens, p.tokens, Comparison.LESS));
        Selector earlier = p.named(
                "equal_and_earlier",
                p.graph.and(
                        p.graph.select(p.tokens, p.tokens, Comparison.EQUAL),
                        p.graph.select(p.indices, p.indices, Comparison.LESS)));
        SOp place = p.named("place", p.graph.selectorWidth(p.graph.or(smaller, earlier)));
        SOp sorted = p.graph.aggregate(p.graph.select(place, p.indices, Comparison.EQUAL), p.tokens, Value.of(0));
        return p.program("in_order", sorted);
    }

    /** The examples' Dyck-2 program. */
    static RaspProgram dyck2() {
        var p = new FlowPrograms();
        Selector upToHere = p.named("up_to_here", p.graph.select(p.indices, p.indices, Comparison.LESS_EQUAL));
        SOp opens = p.named(
                "opens",
                p.graph.elementwise(new Operator.MemberOf(ImmutableList.of(Value.of("("), Value.of("{"))), p.tokens));
        SOp closes = p.named("closes", p.graph.elementwise(new Operator.Unary(Operator.UnaryKind.NOT), opens));
        SOp depth = p.named("depth", p.minus(p.countSoFar(upToHere, opens), p.countSoFar(upToHere, closes)));
        SOp level = p.named(
                "level",
                p.binary(
                        Operator.BinaryKind.PLUS,
                        depth,
                        p.graph.elementwise(new Operator.Unary(Operator.UnaryKind.INDICATOR), closes)));
        Selector same = p.named("same_level", p.graph.select(level, level, Comparison.EQUAL));
        SOp number = p.named("number", p.graph.selectorWidth(p.graph.and(same, upToHere)));
        SOp wanted = p.named(
                "wanted",
                p.graph.elementwise(
                        new Operator.DictLookup(ImmutableMap.of(
                                Value.of("("), Value.of("none"),
                                Value.of("{"), Value.of("none"),
                                Value.of(")"), Value.of("("),
                                Value.of("}"), Value.of("{"))),
                        p.tokens));
        Selector partner = p.named(
                "partner",
                p.graph.and(
                        p.graph.and(same, p.graph.select(number, p.minus(number, p.constant(1)), Comparison.EQUAL)),
                        p.graph.select(p.tokens, wanted, Comparison.EQUAL)));
        SOp found = p.binary(
                Operator.BinaryKind.GREATER, p.graph.aggregate(partner, p.constant(1), Value.of(0)), p.constant(0));
        SOp mismatch = p.named(
                "mismatch",
                p.binary(
                        Operator.BinaryKind.AND,
                        closes,
                        p.graph.elementwise(new Operator.Unary(Operator.UnaryKind.NOT), found)));
        SOp wrong =
                p.binary(Operator.BinaryKind.OR, mismatch, p.binary(Operator.BinaryKind.LESS, depth, p.constant(0)));
        SOp broken =
                p.named("broken", p.binary(Operator.BinaryKind.GREATER, p.countSoFar(upToHere, wrong), p.constant(0)));
        SOp balanced = p.binary(Operator.BinaryKind.EQUAL, depth, p.constant(0));
        SOp rest = p.graph.elementwise(
                new Operator.Conditional(), balanced, p.graph.constant(Value.of("T")), p.graph.constant(Value.of("P")));
        return p.program(
                "dyck2_ptf",
                p.graph.elementwise(new Operator.Conditional(), broken, p.graph.constant(Value.of("F")), rest));
    }

    SOp countSoFar(Selector upToHere, SOp mark) {
        return graph.selectorWidth(
                graph.and(upToHere, graph.select(mark, graph.constant(Value.of(true)), Comparison.EQUAL)));
    }

    SOp constant(long value) {
        return graph.constant(Value.of(value));
    }

    SOp minus(SOp left, SOp right) {
        return binary(Operator.BinaryKind.MINUS, left, right);
    }

    SOp binary(Operator.BinaryKind kind, SOp left, SOp right) {
        return graph.elementwise(new Operator.Binary(kind), left, right);
    }

    <N extends ProgramNode> N named(String name, N node) {
        names.put(node, name);
        return node;
    }

    RaspProgram program(String name, SOp output) {
        var origins = ImmutableMap.<ProgramNode, NodeOrigin>builder();
        names.forEach((node, own) -> origins.put(node, new NodeOrigin(Optional.of(own), Optional.empty())));
        return new RaspProgram(graph, output, name, origins.buildOrThrow(), false);
    }
}
