package io.rasplens.compiler.lower;

import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A numeric s-op as {@code constant + Σ coefficient · leaf}, read off its {@code + - * /} with constants. */
final class AffineSum {
    private final Map<SOp, Double> leaves = new LinkedHashMap<>();
    private double constant;

    private AffineSum() {}

    /** @param isLeaf where to stop taking apart */
    static AffineSum of(SOp sop, Predicate<SOp> isLeaf) {
        var sum = new AffineSum();
        sum.add(sop, 1, isLeaf);
        return sum;
    }

    static AffineSum difference(SOp left, SOp right, Predicate<SOp> isLeaf) {
        AffineSum sum = of(left, isLeaf);
        sum.add(right, -1, isLeaf);
        return sum;
    }

    Map<SOp, Double> leaves() {
        return leaves;
    }

    double constant() {
        return constant;
    }

    private void add(SOp sop, double factor, Predicate<SOp> isLeaf) {
        if (sop instanceof SOp.Constant c && c.value().isNumeric()) {
            constant += factor * Values.toDouble(c.value());
        } else if (isLeaf.test(sop) || !(sop instanceof SOp.Elementwise node) || !split(node, factor, isLeaf)) {
            leaves.merge(sop, factor, Double::sum);
        }
    }

    private boolean split(SOp.Elementwise node, double factor, Predicate<SOp> isLeaf) {
        SOp first = node.arguments().get(0);
        if (node.operator() instanceof Operator.Unary unary) {
            if (unary.kind() == UnaryKind.NEGATE || unary.kind() == UnaryKind.PLUS) {
                add(first, unary.kind() == UnaryKind.NEGATE ? -factor : factor, isLeaf);
                return true;
            }
            return false;
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return false;
        }
        SOp second = node.arguments().get(1);
        BinaryKind kind = binary.kind();
        if (kind == BinaryKind.PLUS || kind == BinaryKind.MINUS) {
            add(first, factor, isLeaf);
            add(second, kind == BinaryKind.PLUS ? factor : -factor, isLeaf);
            return true;
        }
        if (kind == BinaryKind.TIMES
                && first instanceof SOp.Constant c
                && c.value().isNumeric()) {
            add(second, factor * Values.toDouble(c.value()), isLeaf);
            return true;
        }
        boolean byConstant = second instanceof SOp.Constant c && c.value().isNumeric();
        if (byConstant && (kind == BinaryKind.TIMES || kind == BinaryKind.DIVIDE)) {
            double value = Values.toDouble(((SOp.Constant) second).value());
            if (kind == BinaryKind.DIVIDE && value == 0) {
                return false;
            }
            add(first, kind == BinaryKind.TIMES ? factor * value : factor / value, isLeaf);
            return true;
        }
        return false;
    }
}
