package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Comparisons of sums that the program takes as {@code n * mean} with whole numbers. The product is the sum but for rounding, which depends
 * on the sum and on n: {@code 49 * (1.0 / 49)} is less than 1. So where the two sides can be equal all n are tried.
 */
final class RoundedTotals {
    /** Ints up to here are floats, and so are sums that could equal them. */
    private static final double MOST = 1L << 53;

    private final Facts facts;

    RoundedTotals(Facts facts) {
        this.facts = facts;
    }

    /**
     * How a total of whole numbers differs from whole numbers.
     *
     * @param harmless whether a comparison holds alike for equal numbers, where rounding leaves a total less an int of this sign
     * @return nothing if the s-ops are something else, or rounding would matter
     */
    Optional<GridDistance> difference(SOp total, SOp other, IntPredicate harmless) {
        return facts.total(total)
                .filter(sum -> facts.inference().values(sum.mean().sequence()) instanceof ValueSet.Finite summands
                        && summands.values().stream().allMatch(this::isWhole)
                        && sumsAreExact(summands)
                        && facts.inference().values(other) instanceof ValueSet.Finite ints
                        && ints.values().stream().allMatch(this::isWhole)
                        && ints.values().stream()
                                .allMatch(value ->
                                        isHarmless(value, facts.range(sum.mean().sequence()), harmless)))
                .map(sum -> new GridDistance(1, true));
    }

    private boolean isWhole(Value value) {
        return value instanceof IntValue
                || (facts.inference().isThorough()
                        && value instanceof FloatValue number
                        && Math.rint(number.value()) == number.value());
    }

    /** Of ints they are; of whole floats as long as none is beyond 2^53, in whatever order they are added. */
    private boolean sumsAreExact(ValueSet.Finite summands) {
        return summands.values().stream()
                .allMatch(value -> value instanceof IntValue
                        || Math.abs(Values.toDouble(value)) * facts.target().maxLength() < MOST);
    }

    /** @param summands between which their mean lies */
    private boolean isHarmless(Value value, NumberRange summands, IntPredicate harmless) {
        double sum = Values.toDouble(value);
        if (!(Math.abs(sum) < MOST)) {
            return false;
        }
        for (int n = 1; n <= facts.target().maxLength(); n++) {
            double mean = sum / n;
            boolean canBe = summands.low() <= mean && mean <= summands.high();
            if (canBe && !harmless.test(Double.compare(mean * n, sum))) {
                return false;
            }
        }
        return true;
    }
}
