package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Bounds for what is computed from numbers that are too many to list, or too many to combine. */
final class IntervalValues {
    private static final ValueSet.Interval UNBOUNDED =
            new ValueSet.Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Strings that can't be listed can't be bounded either; an empty set makes the caller refuse. */
    private static final ValueSet UNLISTED = new ValueSet.Finite(ImmutableList.of(), true);

    /** Sums of ints that are listed without adding them up: perhaps some more than there are. */
    private static final int MAX_INTS = 1 << 13;

    private IntervalValues() {}

    /** Bounds of the node's values; infinite where the operator gives none. */
    static ValueSet of(SOp.Elementwise node, NodeMap<SOp, ValueSet> sets) {
        ImmutableList<ValueSet> arguments = node.arguments().stream()
                .map(a -> Objects.requireNonNull(sets.get(a)))
                .collect(ImmutableList.toImmutableList());
        if (node.operator() instanceof Operator.Conditional) {
            return arguments.get(1).isNumeric() && arguments.get(2).isNumeric()
                    ? hull(arguments.get(1), arguments.get(2))
                    : union(arguments.get(1), arguments.get(2));
        }
        if (node.operator() instanceof Operator.Unary unary) {
            return unary(unary.kind(), arguments.get(0));
        }
        if (node.operator() instanceof Operator.Binary binary) {
            return binary(binary.kind(), arguments.get(0), arguments.get(1));
        }
        if (node.operator() instanceof Operator.MemberOf) {
            return bools();
        }
        if (node.operator() instanceof Operator.ListLookup lookup) {
            return finite(lookup.elements());
        }
        if (node.operator() instanceof Operator.DictLookup lookup) {
            return finite(lookup.entries().values().asList());
        }
        return node.operator() instanceof Operator.StringLookup lookup
                ? finite(lookup.text().codePoints().mapToObj(StringValue::of).collect(ImmutableList.toImmutableList()))
                : UNBOUNDED;
    }

    private static ValueSet unary(Operator.UnaryKind kind, ValueSet argument) {
        return switch (kind) {
            case NOT -> bools();
            case INDICATOR -> finite(ImmutableList.of(Value.of(0), Value.of(1)));
            case NEGATE -> {
                var a = bounds(argument);
                yield new ValueSet.Interval(-a.high(), -a.low(), Grids.of(argument));
            }
            case PLUS -> argument;
            case ROUND -> {
                var a = bounds(argument);
                double low = Math.rint(a.low());
                double high = Math.rint(a.high());
                yield ints(low, high).orElseGet(() -> new ValueSet.Interval(low, high, Optional.of(Grid.INTS)));
            }
        };
    }

    private static ValueSet binary(BinaryKind kind, ValueSet left, ValueSet right) {
        switch (kind) {
            case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, AND, OR -> {
                return bools();
            }
            case PLUS -> {
                if (!left.isNumeric() && !right.isNumeric()) {
                    return UNLISTED;
                }
            }
            case TIMES -> {
                if (!left.isNumeric() || !right.isNumeric()) {
                    return UNLISTED;
                }
            }
            default -> {
                // On strings they fail; what is left are the numbers.
            }
        }
        var a = bounds(left);
        var b = bounds(right);
        if ((kind == BinaryKind.PLUS || kind == BinaryKind.MINUS) && isInts(left) && isInts(right)) {
            double low = kind == BinaryKind.PLUS ? a.low() + b.low() : a.low() - b.high();
            double high = kind == BinaryKind.PLUS ? a.high() + b.high() : a.high() - b.low();
            Optional<ValueSet> listed = ints(low, high);
            if (listed.isPresent()) {
                return listed.get();
            }
        }
        ValueSet.Interval bounds = arithmetic(kind, a, b);
        return bounds.on(Grids.binary(kind, left, right, bounds.magnitude()));
    }

    private static ValueSet.Interval arithmetic(BinaryKind kind, ValueSet.Interval a, ValueSet.Interval b) {
        return switch (kind) {
            case PLUS -> new ValueSet.Interval(a.low() + b.low(), a.high() + b.high());
            case MINUS -> new ValueSet.Interval(a.low() - b.high(), a.high() - b.low());
            case TIMES -> corners(a.low() * b.low(), a.low() * b.high(), a.high() * b.low(), a.high() * b.high());
            case DIVIDE ->
                b.low() > 0 || b.high() < 0
                        ? corners(a.low() / b.low(), a.low() / b.high(), a.high() / b.low(), a.high() / b.high())
                        : UNBOUNDED;
            case MODULO -> new ValueSet.Interval(Math.min(0, b.low()), Math.max(0, b.high()));
            default -> UNBOUNDED;
        };
    }

    /** The ints from one number to another, if they are few. */
    private static Optional<ValueSet> ints(double low, double high) {
        return high - low < MAX_INTS && Math.max(-low, high) <= Integer.MAX_VALUE
                ? Optional.of(new ValueSet.Finite(
                        IntStream.rangeClosed((int) low, (int) high)
                                .mapToObj(Value::of)
                                .collect(ImmutableList.toImmutableList()),
                        true))
                : Optional.empty();
    }

    private static boolean isInts(ValueSet set) {
        return set instanceof ValueSet.Finite finite && finite.values().stream().allMatch(IntValue.class::isInstance);
    }

    private static ValueSet.Interval corners(double... products) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double product : products) {
            if (Double.isNaN(product)) {
                return UNBOUNDED;
            }
            low = Math.min(low, product);
            high = Math.max(high, product);
        }
        return new ValueSet.Interval(low, high);
    }

    private static ValueSet.Interval hull(ValueSet one, ValueSet other) {
        var a = bounds(one);
        var b = bounds(other);
        return new ValueSet.Interval(
                Math.min(a.low(), b.low()), Math.max(a.high(), b.high()), Grids.either(one, other));
    }

    private static ValueSet union(ValueSet left, ValueSet right) {
        if (left instanceof ValueSet.Finite a && right instanceof ValueSet.Finite b) {
            return new ValueSet.Finite(
                    java.util.stream.Stream.concat(a.values().stream(), b.values().stream())
                            .distinct()
                            .sorted(Values.ORDER)
                            .collect(ImmutableList.toImmutableList()),
                    a.exact() && b.exact());
        }
        return UNBOUNDED;
    }

    /** Least and greatest number of a set; its strings are passed over. */
    static ValueSet.Interval bounds(ValueSet set) {
        if (set instanceof ValueSet.Interval interval) {
            return interval;
        }
        var finite = (ValueSet.Finite) set;
        return new ValueSet.Interval(
                finite.values().stream()
                        .filter(Value::isNumeric)
                        .mapToDouble(Values::toDouble)
                        .min()
                        .orElse(0),
                finite.values().stream()
                        .filter(Value::isNumeric)
                        .mapToDouble(Values::toDouble)
                        .max()
                        .orElse(0));
    }

    private static ValueSet bools() {
        return finite(ImmutableList.of(Value.of(false), Value.of(true)));
    }

    private static ValueSet finite(ImmutableList<Value> values) {
        return new ValueSet.Finite(
                values.stream().distinct().sorted(Values.ORDER).collect(ImmutableList.toImmutableList()), true);
    }
}
