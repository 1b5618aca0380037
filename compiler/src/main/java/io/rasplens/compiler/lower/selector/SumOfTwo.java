package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An s-op as what a few operations with constants make of the sum, or the difference, of two others.
 *
 * @param major the part that is asked whether it decides a comparison
 * @param minor the other
 * @param path from the sum to the s-op
 */
record SumOfTwo(SOp major, SOp minor, SOp.Elementwise sum, ImmutableList<SOp.Elementwise> path) {

    static Optional<SumOfTwo> of(SOp sop) {
        var path = new ArrayList<SOp.Elementwise>();
        SOp now = sop;
        while (now instanceof SOp.Elementwise node) {
            Optional<SOp> inner = wrapped(node);
            if (inner.isEmpty()) {
                return isSum(node)
                        ? Optional.of(new SumOfTwo(
                                node.arguments().get(0),
                                node.arguments().get(1),
                                node,
                                ImmutableList.copyOf(path).reverse()))
                        : Optional.empty();
            }
            path.add(node);
            now = inner.get();
        }
        return Optional.empty();
    }

    /** The same with the other part in the first place. */
    SumOfTwo mirrored() {
        return new SumOfTwo(minor, major, sum, path);
    }

    /** The s-op where its parts are these: computed as the program does it, rounding included. */
    Value at(Value ofMajor, Value ofMinor) throws EvaluationException {
        boolean inOrder = sum.arguments().get(0) == major;
        Value value = Operators.apply(sum.operator(), inOrder ? List.of(ofMajor, ofMinor) : List.of(ofMinor, ofMajor));
        for (SOp.Elementwise node : path) {
            Value inner = value;
            value = Operators.apply(
                    node.operator(),
                    node.arguments().stream()
                            .map(argument -> argument instanceof SOp.Constant c ? c.value() : inner)
                            .toList());
        }
        return value;
    }

    private static boolean isSum(SOp.Elementwise node) {
        return node.operator() instanceof Operator.Binary binary
                && (binary.kind() == BinaryKind.PLUS || binary.kind() == BinaryKind.MINUS)
                && node.arguments().get(0) != node.arguments().get(1);
    }

    /** What a node makes something of with a constant, or by turning its sign. */
    private static Optional<SOp> wrapped(SOp.Elementwise node) {
        if (node.operator() instanceof Operator.Unary unary) {
            return unary.kind() == UnaryKind.NEGATE || unary.kind() == UnaryKind.PLUS
                    ? Optional.of(node.arguments().get(0))
                    : Optional.empty();
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return Optional.empty();
        }
        SOp left = node.arguments().get(0);
        SOp right = node.arguments().get(1);
        return switch (binary.kind()) {
            case PLUS, MINUS, TIMES ->
                left instanceof SOp.Constant
                        ? Optional.of(right)
                        : right instanceof SOp.Constant ? Optional.of(left) : Optional.empty();
            case DIVIDE -> right instanceof SOp.Constant ? Optional.of(left) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
