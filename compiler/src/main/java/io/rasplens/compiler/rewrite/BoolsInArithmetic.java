package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.BoolValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Arithmetic takes a bool for 0 or 1. Where it is on a choice between bools and others, the bools are made numbers first: what is no mixture of
 * kinds need not be listed, {@code (length > 2 if indices == 1 else length) / (indices + 1)} is a number behind gates.
 */
final class BoolsInArithmetic implements GraphRule {

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        var mixed = new Mixed(target.program().nodes());
        Map<SOp, SOp> made = new HashMap<>();
        return Matches.apply(
                target,
                SOp.Elementwise.class,
                node -> isArithmetic(node) && node.arguments().stream().anyMatch(mixed::holds)
                        ? Optional.of(node)
                        : Optional.empty(),
                (node, same, copy) -> copy.graph()
                        .elementwise(
                                node.operator(),
                                node.arguments().stream()
                                        .map(argument -> mixed.holds(argument)
                                                ? number(argument, argument, copy, made)
                                                : copy.now(argument))
                                        .collect(ImmutableList.toImmutableList())));
    }

    /** Which choices have cases that are bools, and others. */
    private static final class Mixed {
        private static final int BOOL = 1;
        private static final int OTHER = 2;

        private final NodeMap<SOp, Integer> kinds = new NodeMap<>();

        /** @param nodes each behind its operands */
        Mixed(List<ProgramNode> nodes) {
            for (ProgramNode node : nodes) {
                if (node instanceof SOp sop) {
                    kinds.put(sop, isChoice(sop) ? of(sop, 1) | of(sop, 2) : isBool(sop) ? BOOL : OTHER);
                }
            }
        }

        private int of(SOp choice, int argument) {
            return Objects.requireNonNull(
                    kinds.get(((SOp.Elementwise) choice).arguments().get(argument)));
        }

        boolean holds(SOp sop) {
            return Objects.requireNonNull(kinds.get(sop)) == (BOOL | OTHER);
        }
    }

    private static boolean isArithmetic(SOp.Elementwise node) {
        return node.operator() instanceof Operator.Binary binary
                && (binary.kind() == BinaryKind.PLUS
                        || binary.kind() == BinaryKind.MINUS
                        || binary.kind() == BinaryKind.TIMES
                        || binary.kind() == BinaryKind.DIVIDE);
    }

    private static boolean isChoice(SOp sop) {
        return sop instanceof SOp.Elementwise node && node.operator() instanceof Operator.Conditional;
    }

    /** Whether an s-op is a bool at all positions, as its definition shows. */
    private static boolean isBool(SOp sop) {
        if (sop instanceof SOp.Constant constant) {
            return constant.value() instanceof BoolValue;
        }
        if (sop instanceof SOp.Tokens tokens) {
            return tokens.conversion() == TokenConversion.BOOL;
        }
        return Junction.isBool(sop);
    }

    /** The choice with numbers for bools; it comes from where the mixture does. */
    private static SOp number(SOp sop, SOp origin, CopyGraph copy, Map<SOp, SOp> made) {
        if (!isChoice(sop) && !isBool(sop)) {
            return copy.now(sop);
        }
        SOp known = made.get(sop);
        if (known == null) {
            Graph graph = copy.graph();
            if (isChoice(sop)) {
                ImmutableList<SOp> cases = ((SOp.Elementwise) sop).arguments();
                known = graph.elementwise(
                        new Operator.Conditional(),
                        copy.now(cases.get(0)),
                        number(cases.get(1), origin, copy, made),
                        number(cases.get(2), origin, copy, made));
            } else {
                known = graph.elementwise(new Operator.Unary(UnaryKind.INDICATOR), copy.now(sop));
            }
            copy.originate(known, origin);
            made.put(sop, known);
        }
        return known;
    }
}
