package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Operator;
import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binary operators where at least one side is a list, dict or function, as Python has them. */
final class ListOperations {
    private static final ImmutableSet<BinaryOperator> ORDER = Sets.immutableEnumSet(
            BinaryOperator.LESS, BinaryOperator.LESS_EQUAL, BinaryOperator.GREATER, BinaryOperator.GREATER_EQUAL);

    private final Operations operations;
    private final Budget budget;

    ListOperations(Operations operations, Budget budget) {
        this.operations = operations;
        this.budget = budget;
    }

    Meaning binary(BinaryOperator operator, Meaning left, Meaning right, Span span) {
        if (operator == BinaryOperator.EQUAL) {
            return operations.atom(Value.of(equal(left, right)));
        }
        if (operator == BinaryOperator.TIMES && left instanceof Meaning.ListOf list && count(right) != null) {
            return repeat(list, right, span);
        }
        if (operator == BinaryOperator.TIMES && right instanceof Meaning.ListOf list && count(left) != null) {
            return repeat(list, left, span);
        }
        if (left instanceof Meaning.ListOf a && right instanceof Meaning.ListOf b) {
            if (operator == BinaryOperator.PLUS) {
                return concatenate(a, b, span);
            }
            if (ORDER.contains(operator)) {
                return operations.evaluate(() -> Value.of(ordered(operator, a, b)), span);
            }
        }
        throw Operations.wrongKind(
                "'" + operator.symbol() + "' doesn't work on " + DescribeMeaning.meaning(left) + " and "
                        + DescribeMeaning.meaning(right),
                operator == BinaryOperator.PLUS ? "two atoms, two lists, or an s-op" : "atoms or an s-op",
                span);
    }

    /** RASP's {@code ==} on anything but s-ops and selectors, which are equal only if they are the same. */
    static boolean equal(Meaning left, Meaning right) {
        if (left instanceof Meaning.Atom a && right instanceof Meaning.Atom b) {
            return a.value().raspEquals(b.value());
        }
        if (left instanceof Meaning.ListOf a && right instanceof Meaning.ListOf b) {
            return a.elements().size() == b.elements().size()
                    && commonPrefix(a, b) == a.elements().size();
        }
        if (left instanceof Meaning.DictOf a && right instanceof Meaning.DictOf b) {
            return a.entries().keySet().equals(b.entries().keySet())
                    && a.entries().entrySet().stream()
                            .allMatch(entry -> equal(
                                    entry.getValue().value(),
                                    Objects.requireNonNull(b.entries().get(entry.getKey()))
                                            .value()));
        }
        return left.equals(right);
    }

    private Meaning concatenate(Meaning.ListOf left, Meaning.ListOf right, Span span) {
        budget.checkList((long) left.elements().size() + right.elements().size(), span);
        return checked(
                ImmutableList.<Meaning>builder()
                        .addAll(left.elements())
                        .addAll(right.elements())
                        .build(),
                span);
    }

    private Meaning repeat(Meaning.ListOf list, Meaning times, Span span) {
        BigInteger count = Values.toBigInteger(((Meaning.Atom) times).value());
        BigInteger length = count.max(BigInteger.ZERO)
                .multiply(BigInteger.valueOf(list.elements().size()));
        budget.checkList(length.bitLength() > 62 ? Long.MAX_VALUE / 8 : length.longValue(), span);
        ImmutableList.Builder<Meaning> result = ImmutableList.builder();
        if (!list.elements().isEmpty()) {
            for (int i = 0; i < count.intValue(); i++) {
                result.addAll(list.elements());
            }
        }
        return checked(result.build(), span);
    }

    private Meaning checked(ImmutableList<Meaning> elements, Span span) {
        Meaning.ListOf list = Meaning.ListOf.of(elements);
        budget.checkContainer(list, span);
        return list;
    }

    private static @Nullable Value count(Meaning meaning) {
        return meaning instanceof Meaning.Atom atom
                        && (atom.value() instanceof IntValue || atom.value() instanceof BoolValue)
                ? atom.value()
                : null;
    }

    /** Python's order of lists: by the first element in which they differ, then by length. */
    private static boolean ordered(BinaryOperator operator, Meaning.ListOf left, Meaning.ListOf right)
            throws EvaluationException {
        int place = commonPrefix(left, right);
        boolean inside =
                place < left.elements().size() && place < right.elements().size();
        if (!inside) {
            Value a = Value.of(left.elements().size());
            Value b = Value.of(right.elements().size());
            return Operators.compare(Comparison.valueOf(operator.name()), a, b);
        }
        if (left.elements().get(place) instanceof Meaning.Atom a
                && right.elements().get(place) instanceof Meaning.Atom b) {
            return Operators.binary(Operator.BinaryKind.valueOf(operator.name()), a.value(), b.value())
                    .isTrue();
        }
        if (left.elements().get(place) instanceof Meaning.ListOf a
                && right.elements().get(place) instanceof Meaning.ListOf b) {
            return ordered(operator, a, b);
        }
        throw new EvaluationException(
                EvaluationCode.WRONG_OPERANDS,
                "'" + operator.symbol() + "' can't order "
                        + DescribeMeaning.meaning(left.elements().get(place)) + " and "
                        + DescribeMeaning.meaning(right.elements().get(place)));
    }

    private static int commonPrefix(Meaning.ListOf left, Meaning.ListOf right) {
        int shorter = Math.min(left.elements().size(), right.elements().size());
        for (int i = 0; i < shorter; i++) {
            if (!equal(left.elements().get(i), right.elements().get(i))) {
                return i;
            }
        }
        return shorter;
    }
}
