package io.rasplens.compiler.lower.facts;

import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A numeric s-op as {@code constant + Σ coefficient · leaf}, read off its {@code + - * /} with constants. Every node is looked at
 * once, however often and however deep it occurs.
 */
public final class AffineSum {
    private final Predicate<SOp> isLeaf;

    /** In the order in which they are read. */
    private final Map<SOp, Double> leaves = new LinkedHashMap<>();

    /** What the sums, products and quotients in between are made of. */
    private final Map<SOp, List<Addend>> parts = new HashMap<>();

    private double constant;

    /** One summand of a node: {@code factor / divisor · sop}. */
    private record Addend(SOp sop, double factor, double divisor) {
        Addend(SOp sop, double factor) {
            this(sop, factor, 1);
        }
    }

    private AffineSum(Predicate<SOp> isLeaf) {
        this.isLeaf = isLeaf;
    }

    /**
     * The s-op as a sum.
     *
     * @param isLeaf where to stop taking apart
     */
    public static AffineSum of(SOp sop, Predicate<SOp> isLeaf) {
        return of(List.of(new Addend(sop, 1)), isLeaf);
    }

    /** What one s-op is more than another. */
    public static AffineSum difference(SOp left, SOp right, Predicate<SOp> isLeaf) {
        return of(List.of(new Addend(left, 1), new Addend(right, -1)), isLeaf);
    }

    private static AffineSum of(List<Addend> roots, Predicate<SOp> isLeaf) {
        var sum = new AffineSum(isLeaf);
        sum.takeApart(roots);
        sum.addUp(roots);
        return sum;
    }

    /** The same, with leaves that are always one number among the constants. */
    public AffineSum folded(Function<SOp, OptionalDouble> number) {
        var folded = new AffineSum(isLeaf);
        folded.constant = constant;
        leaves.forEach((leaf, factor) -> {
            OptionalDouble always = number.apply(leaf);
            if (always.isPresent()) {
                folded.constant += factor * always.getAsDouble();
            } else {
                folded.leaves.put(leaf, factor);
            }
        });
        return folded;
    }

    public Map<SOp, Double> leaves() {
        return leaves;
    }

    public double constant() {
        return constant;
    }

    /** Finds leaves and parts, from left to right. */
    private void takeApart(List<Addend> roots) {
        var open = new ArrayDeque<SOp>();
        Set<SOp> seen = new HashSet<>();
        push(open, roots);
        while (!open.isEmpty()) {
            SOp sop = open.pop();
            if (!seen.add(sop) || isNumber(sop)) {
                continue;
            }
            List<Addend> split = sop instanceof SOp.Elementwise node && !isLeaf.test(sop) ? split(node) : List.of();
            if (split.isEmpty()) {
                leaves.put(sop, 0.0);
            } else {
                parts.put(sop, split);
                push(open, split);
            }
        }
    }

    private static void push(ArrayDeque<SOp> open, List<Addend> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            open.push(parts.get(i).sop());
        }
    }

    /** Hands each node's factor down. Descending ids put users first, so that a factor is whole when it is handed on. */
    private void addUp(List<Addend> roots) {
        var open = new TreeMap<Integer, Addend>();
        roots.forEach(root -> add(open, root));
        while (!open.isEmpty()) {
            Addend whole = open.pollLastEntry().getValue();
            for (Addend part : parts.getOrDefault(whole.sop(), List.of())) {
                add(open, new Addend(part.sop(), whole.factor() * part.factor() / part.divisor()));
            }
        }
    }

    private void add(Map<Integer, Addend> open, Addend part) {
        SOp sop = part.sop();
        if (sop instanceof SOp.Constant c && c.value().isNumeric()) {
            constant += part.factor() * Values.toDouble(c.value());
        } else if (parts.containsKey(sop)) {
            open.merge(sop.id(), part, (a, b) -> new Addend(sop, a.factor() + b.factor()));
        } else {
            leaves.merge(sop, part.factor(), Double::sum);
        }
    }

    private static boolean isNumber(SOp sop) {
        return sop instanceof SOp.Constant c && c.value().isNumeric();
    }

    /** The summands of a node, or none if it is no sum. */
    private static List<Addend> split(SOp.Elementwise node) {
        SOp first = node.arguments().get(0);
        if (node.operator() instanceof Operator.Unary unary) {
            return switch (unary.kind()) {
                case NEGATE -> List.of(new Addend(first, -1));
                case PLUS -> List.of(new Addend(first, 1));
                default -> List.of();
            };
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return List.of();
        }
        SOp second = node.arguments().get(1);
        BinaryKind kind = binary.kind();
        if (kind == BinaryKind.PLUS || kind == BinaryKind.MINUS) {
            return List.of(new Addend(first, 1), new Addend(second, kind == BinaryKind.PLUS ? 1 : -1));
        }
        if (kind == BinaryKind.TIMES && isNumber(first)) {
            return List.of(new Addend(second, Values.toDouble(((SOp.Constant) first).value())));
        }
        if (!isNumber(second)) {
            return List.of();
        }
        double value = Values.toDouble(((SOp.Constant) second).value());
        if (kind == BinaryKind.TIMES) {
            return List.of(new Addend(first, value));
        }
        return kind == BinaryKind.DIVIDE && value != 0 ? List.of(new Addend(first, 1, value)) : List.of();
    }
}
