package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * That sums compare as their major parts do, and where these are equal as their minor ones. It is looked up for all values that the parts
 * can have, in any combination, the sums being rounded as the program rounds them.
 *
 * @param majorAscends whether the sum of the greater major part is the greater one; else it is the less
 * @param minorAscends the same of minor parts
 */
record Tiebreak(boolean majorAscends, boolean minorAscends) {
    /** Sums that are computed to find out. */
    private static final long MOST_SUMS = 1 << 17;

    /** A sum of two parts that key or query may hold. */
    private record Cell(Value major, Value minor, Value sum) {}

    /** How such sums at the key and at the query compare; empty where that is not for their parts to say, or not known. */
    static Optional<Tiebreak> of(SumOfTwo key, SumOfTwo query, Facts facts) {
        var cells = new ArrayList<Cell>();
        try {
            if (!addCells(cells, key, facts) || !addCells(cells, query, facts)) {
                return Optional.empty();
            }
        } catch (EvaluationException e) {
            return Optional.empty();
        }
        return found(cells, true).or(() -> found(cells, false));
    }

    /** Adds all sums; false where they are not known one by one. */
    private static boolean addCells(List<Cell> cells, SumOfTwo sum, Facts facts) throws EvaluationException {
        ImmutableList<Value> majors = numbers(sum.major(), facts);
        ImmutableList<Value> minors = numbers(sum.minor(), facts);
        if (majors.size() < 2 || minors.size() < 2 || (long) majors.size() * minors.size() > MOST_SUMS) {
            return false;
        }
        for (Value major : majors) {
            for (Value minor : minors) {
                Value whole = sum.at(major, minor);
                if (!whole.isNumeric() || !Double.isFinite(Values.toDouble(whole))) {
                    return false;
                }
                cells.add(new Cell(major, minor, whole));
            }
        }
        return true;
    }

    /** The numbers that an s-op is one of, to the last digit; none where there is anything else. */
    private static ImmutableList<Value> numbers(SOp sop, Facts facts) {
        return facts.isNumber(sop) && facts.inference().values(sop) instanceof ValueSet.Finite finite && finite.exact()
                ? finite.values()
                : ImmutableList.of();
    }

    /** @param alike whether minor parts count to the same side as major ones */
    private static Optional<Tiebreak> found(List<Cell> cells, boolean alike) {
        Comparator<Cell> byMinor = (a, b) -> Values.compareNumbers(a.minor(), b.minor());
        Comparator<Cell> byParts = (a, b) -> Values.compareNumbers(a.major(), b.major());
        byParts = byParts.thenComparing(alike ? byMinor : byMinor.reversed());
        List<Cell> sorted = cells.stream().sorted(byParts).toList();
        int least = Values.compareNumbers(
                sorted.get(0).sum(), sorted.get(sorted.size() - 1).sum());
        for (int i = 1; i < sorted.size(); i++) {
            Cell before = sorted.get(i - 1);
            Cell now = sorted.get(i);
            int expected = byParts.compare(before, now) == 0 ? 0 : Integer.signum(least);
            if (Integer.signum(Values.compareNumbers(before.sum(), now.sum())) != expected) {
                return Optional.empty();
            }
        }
        return Optional.of(new Tiebreak(least < 0, alike == least < 0));
    }
}
