package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import java.util.List;
import java.util.Optional;

/** A choice between two numbers by which of two others is greater: {@code above if left > right else below}. */
record BySign(SOp left, SOp right, SOp above, SOp below, boolean aboveAtZero) {

    static Optional<BySign> of(SOp sop, Facts facts) {
        if (!(sop instanceof SOp.Elementwise node)
                || !(node.operator() instanceof Operator.Conditional)
                || !(node.arguments().get(0) instanceof SOp.Elementwise condition)
                || !(condition.operator() instanceof Operator.Binary comparison)) {
            return Optional.empty();
        }
        SOp first = condition.arguments().get(0);
        SOp second = condition.arguments().get(1);
        SOp then = node.arguments().get(1);
        SOp otherwise = node.arguments().get(2);
        if (!List.of(first, second, then, otherwise).stream().allMatch(facts::isNumber)) {
            return Optional.empty();
        }
        BinaryKind kind = comparison.kind();
        return switch (kind) {
            case GREATER, GREATER_EQUAL ->
                Optional.of(new BySign(first, second, then, otherwise, kind == BinaryKind.GREATER_EQUAL));
            case LESS, LESS_EQUAL ->
                Optional.of(new BySign(second, first, then, otherwise, kind == BinaryKind.LESS_EQUAL));
            default -> Optional.empty();
        };
    }

    /** By how much the program itself rounds what it compares. */
    double rounding(Facts facts) {
        return facts.rounding(left) + facts.rounding(right);
    }
}
