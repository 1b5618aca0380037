package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The idiom by which RASP programs add up: {@code round((indices + 1) * aggregate(select(indices, indices, <=), x))}, the mean times how
 * many it was taken over. With x one of a few whole numbers by the token, the total is {@code Σ v * w(selector and x == v)}: one head
 * for each v, nothing to round, and no hidden unit that has to tell a mean's fractions apart, which needs more of them, and more
 * digits, than there are positions.
 *
 * <p>The rounding must be there: without it the program's own product is a float that may miss the total by an ulp, and a comparison
 * would see that. With it the two agree, as the product is off by less than a half. Where nothing is selected both are 0, whatever the
 * default.
 *
 * @param selector what is added up over
 * @param sequence what is added up
 * @param values the whole numbers other than 0 that the sequence can be
 */
record RoundedTotal(Selector selector, SOp sequence, ImmutableList<Value> values) {
    private static final int MOST_VALUES = 4;

    /** Sums of as many positions as there may be stay far below 2^53, where doubles leave out whole numbers. */
    private static final double LARGEST_VALUE = 1 << 20;

    static Optional<RoundedTotal> match(SOp.Elementwise node, CompileTarget target) {
        if (!node.operator().equals(new Operator.Unary(UnaryKind.ROUND))
                || !(node.arguments().get(0) instanceof SOp.Elementwise product)
                || !product.operator().equals(new Operator.Binary(BinaryKind.TIMES))) {
            return Optional.empty();
        }
        SOp left = product.arguments().get(0);
        SOp right = product.arguments().get(1);
        return match(left, right, target).or(() -> match(right, left, target));
    }

    private static Optional<RoundedTotal> match(SOp count, SOp mean, CompileTarget target) {
        if (!(mean instanceof SOp.Aggregate aggregate) || !isWidth(count, aggregate.selector(), target)) {
            return Optional.empty();
        }
        return wholeNumbers(aggregate.sequence(), target)
                .map(values -> new RoundedTotal(aggregate.selector(), aggregate.sequence(), values));
    }

    private static boolean isWidth(SOp count, Selector selector, CompileTarget target) {
        return count instanceof SOp.SelectorWidth width
                ? width.selector().equals(selector)
                : ofPositionsAlone(count)
                        && ofPositionsAlone(selector)
                        && isWidthAtEachPosition(count, selector, target);
    }

    /** On the longest input, and with no key behind the query, so that a shorter input lacks none of them. */
    private static boolean isWidthAtEachPosition(SOp count, Selector selector, CompileTarget target) {
        List<Value> longest =
                Collections.nCopies(target.maxLength(), target.vocabulary().get(0));
        boolean causal = target.program().causal();
        try {
            List<Value> counts = Interpreter.evaluate(count, longest, causal);
            SelectorMatrix matrix = Interpreter.evaluate(selector, longest, causal);
            for (int query = 0; query < matrix.size(); query++) {
                if (!counts.get(query).raspEquals(Value.of(matrix.width(query)))) {
                    return false;
                }
                for (int key = query + 1; key < matrix.size(); key++) {
                    if (matrix.selects(query, key)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (EvaluationException e) {
            return false;
        }
    }

    /** Those other than 0, if the sequence is a whole number by the token alone. */
    private static Optional<ImmutableList<Value>> wholeNumbers(SOp sequence, CompileTarget target) {
        if (!isLocal(sequence) || reads(sequence, SOp.Indices.class)) {
            return Optional.empty();
        }
        Set<Value> values = new LinkedHashSet<>();
        for (Value token : ImmutableSet.copyOf(target.vocabulary())) {
            try {
                values.addAll(Interpreter.evaluate(
                        sequence, List.of(token), target.program().causal()));
            } catch (EvaluationException e) {
                // Inputs with this token have no answer.
            }
        }
        if (!values.stream().allMatch(v -> v instanceof IntValue && Math.abs(Values.toDouble(v)) <= LARGEST_VALUE)) {
            return Optional.empty();
        }
        values.remove(Value.of(0));
        return values.size() <= MOST_VALUES ? Optional.of(ImmutableList.copyOf(values)) : Optional.empty();
    }

    private static boolean ofPositionsAlone(ProgramNode root) {
        return isLocal(root) && !reads(root, SOp.Tokens.class);
    }

    private static boolean isLocal(ProgramNode root) {
        return !reads(root, SOp.Aggregate.class) && !reads(root, SOp.SelectorWidth.class);
    }

    private static boolean reads(ProgramNode root, Class<? extends SOp> kind) {
        return NeededNodes.of(ImmutableList.of(root)).stream().anyMatch(kind::isInstance);
    }
}
