package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.BitSet;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;

/**
 * Which numbers of an s-op are one number to a transformer: where one of them can be, each of them can. {@code 1}, {@code 1.0} and
 * {@code True} are; beside strings and bools numbers are told by a code, which those share that sums in another order give.
 *
 * @param apart how far apart they may be, relative to their size
 */
public record NearNumbers(double apart) {
    /** A thousandth of what is promised of any number. */
    public static final double SAME_SUM = 1e-12;

    /** Those of an s-op that can be these. */
    public static NearNumbers among(Collection<Value> values) {
        return new NearNumbers(values.stream().allMatch(Values::isNumber) ? 0 : SAME_SUM);
    }

    /** Whether two are one. */
    public boolean are(double one, double other) {
        return Math.abs(one - other) <= reach(Math.max(Math.abs(one), Math.abs(other)));
    }

    private double reach(double size) {
        return apart * Math.max(1, size);
    }

    /** Whether a number is there. */
    public boolean isIn(NavigableSet<Double> numbers, double number) {
        Double below = numbers.floor(number);
        Double above = numbers.ceiling(number);
        return (below != null && are(below, number)) || (above != null && are(above, number));
    }

    /** All that is said of a number. */
    public BitSet said(NavigableMap<Double, BitSet> byNumber, double number) {
        double reach = 2 * reach(Math.abs(number));
        var all = new BitSet();
        byNumber.subMap(number - reach, true, number + reach, true).forEach((near, own) -> {
            if (are(near, number)) {
                all.or(own);
            }
        });
        return all;
    }
}
