package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Optional;

/**
 * How two numbers differ that can both be listed, though their pairs are too many: the nearest two of the lists are as near as they come
 * to each other. Lists hold the program's own floats, so that equal ones are equal to it, and such as only rounding tells apart are next to
 * each other, which leaves no room for a step.
 */
final class ListedDistance {
    private ListedDistance() {}

    /** Nothing where one of them isn't listed to the last digit. */
    static Optional<GridDistance> of(SOp left, SOp right, Facts facts) {
        return numbers(left, facts)
                .flatMap(one -> numbers(right, facts).map(other -> between(one, other)))
                .filter(distance -> Double.isFinite(distance.least()));
    }

    /** Ascending. */
    private static Optional<double[]> numbers(SOp sop, Facts facts) {
        return facts.inference().values(sop) instanceof ValueSet.Finite finite && finite.exact() && finite.isNumeric()
                ? Optional.of(finite.values().stream()
                        .mapToDouble(Values::toDouble)
                        .sorted()
                        .toArray())
                : Optional.empty();
    }

    /** Both are gone through together, from the least on. */
    private static GridDistance between(double[] one, double[] other) {
        double least = Double.POSITIVE_INFINITY;
        boolean canBeEqual = false;
        int a = 0;
        int b = 0;
        while (a < one.length && b < other.length) {
            double apart = one[a] - other[b];
            canBeEqual |= apart == 0;
            least = apart == 0 ? least : Math.min(least, Math.abs(apart));
            if (apart < 0) {
                a++;
            } else if (apart > 0) {
                b++;
            } else {
                // The neighbours of an equal pair are compared with it too.
                least = Math.min(least, Math.min(next(one, a), next(other, b)));
                a++;
                b++;
            }
        }
        return new GridDistance(least, canBeEqual);
    }

    /** How far the next greater number of the same list is. */
    private static double next(double[] numbers, int at) {
        for (int i = at + 1; i < numbers.length; i++) {
            if (numbers[i] != numbers[at]) {
                return numbers[i] - numbers[at];
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
