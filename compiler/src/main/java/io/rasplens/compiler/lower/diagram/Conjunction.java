package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.BitSet;
import java.util.Optional;

/**
 * One summand of a function: where all its tests hold it writes something, elsewhere nothing.
 *
 * @param tests of one-hots
 * @param extremes of numbers: whether they are the least or the greatest that they can be
 * @param rise of one number: whether it is as great as some value
 * @param writes leaves of the diagram, each with how often what it stands for is written
 */
record Conjunction(
        ImmutableList<OneOf> tests,
        ImmutableList<Extreme> extremes,
        Optional<Rise> rise,
        ImmutableSortedMap<Integer, Integer> writes) {

    /** A one-hot variable has one of the values. */
    record OneOf(int level, BitSet values) {}

    /** A number is the least that it can be, or the greatest. */
    record Extreme(int level, boolean least) {}

    /** A number is the {@code point}-th of those it can be, or greater. */
    record Rise(int level, int point) {}

    /** Holds everywhere, and writes nothing. */
    static final Conjunction EVERYWHERE =
            new Conjunction(ImmutableList.of(), ImmutableList.of(), Optional.empty(), ImmutableSortedMap.of());

    Conjunction and(OneOf test) {
        return new Conjunction(with(tests, test), extremes, rise, writes);
    }

    Conjunction and(Extreme extreme) {
        return new Conjunction(tests, with(extremes, extreme), rise, writes);
    }

    Conjunction and(Rise other) {
        return new Conjunction(tests, extremes, Optional.of(other), writes);
    }

    Conjunction writing(ImmutableSortedMap<Integer, Integer> sum) {
        return new Conjunction(tests, extremes, rise, sum);
    }

    /** Whether it reads numbers, whose noise a step must stop. */
    boolean isStep() {
        return rise.isPresent() || !extremes.isEmpty();
    }

    /** Hidden units: a step takes two. */
    int units() {
        return isStep() ? 2 : 1;
    }

    private static <T> ImmutableList<T> with(ImmutableList<T> list, T item) {
        return ImmutableList.<T>builder().addAll(list).add(item).build();
    }
}
