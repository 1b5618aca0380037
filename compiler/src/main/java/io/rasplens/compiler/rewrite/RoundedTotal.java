package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.infer.Total;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The idiom by which RASP programs add up, {@code round((indices + 1) * aggregate(select(indices, indices, <=), x))}: a {@link Total},
 * rounded. With x one of a few whole numbers by the token, the total is {@code Σ v * w(selector and x == v)}: one head
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
        if (!node.operator().equals(new Operator.Unary(UnaryKind.ROUND))) {
            return Optional.empty();
        }
        return Total.match(node.arguments().get(0), target)
                .map(Total::mean)
                .flatMap(mean -> wholeNumbers(mean.sequence(), target)
                        .map(values -> new RoundedTotal(mean.selector(), mean.sequence(), values)));
    }

    /** Those other than 0, if the sequence is a whole number by the token alone. */
    private static Optional<ImmutableList<Value>> wholeNumbers(SOp sequence, CompileTarget target) {
        if (!isByTokenAlone(sequence)) {
            return Optional.empty();
        }
        Set<Value> values = new LinkedHashSet<>();
        for (Value token : ImmutableSet.copyOf(target.vocabulary())) {
            // Inputs with a token on which it fails have no answer.
            Attempt.of(() -> Interpreter.evaluate(
                            sequence, List.of(token), target.program().causal()))
                    .ifPresent(values::addAll);
        }
        if (!values.stream().allMatch(v -> v instanceof IntValue && Math.abs(Values.toDouble(v)) <= LARGEST_VALUE)) {
            return Optional.empty();
        }
        values.remove(Value.of(0));
        return values.size() <= MOST_VALUES ? Optional.of(ImmutableList.copyOf(values)) : Optional.empty();
    }

    private static boolean isByTokenAlone(SOp root) {
        return NeededNodes.of(ImmutableList.of(root)).stream()
                .noneMatch(node -> node instanceof SOp.Indices
                        || node instanceof SOp.Aggregate
                        || node instanceof SOp.SelectorWidth);
    }
}
