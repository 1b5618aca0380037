package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.NearNumbers;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Which values an attention result can have at each length of the input, or at each position, where that tells how many keys are
 * selected: of three ints there is no mean {@code 10 / 4}, so {@code length * average(x)} is a whole number, and no count is greater
 * than the length.
 */
final class ValuesByCount {
    private final boolean byIndex;

    /** Per coordinate of the length or the index, by the place in the variable's domain. */
    private final ImmutableList<BitSet> possible;

    /** The same per value: the coordinates at which it can be. */
    private final ImmutableList<BitSet> places;

    private ValuesByCount(boolean byIndex, ImmutableList<BitSet> possible) {
        this.byIndex = byIndex;
        this.possible = possible;
        int values = possible.stream().mapToInt(BitSet::length).max().orElse(0);
        ImmutableList.Builder<BitSet> byValue = ImmutableList.builder();
        for (int v = 0; v < values; v++) {
            var at = new BitSet(possible.size());
            for (int c = 0; c < possible.size(); c++) {
                at.set(c, possible.get(c).get(v));
            }
            byValue.add(at);
        }
        this.places = byValue.build();
    }

    /**
     * How many keys are selected.
     *
     * @param byIndex whether the position tells it, else the length does
     * @param widths by position, or by length less 1
     */
    record Widths(boolean byIndex, ImmutableList<Integer> widths) {

        /** Of a selector of all keys. */
        static Widths ofEverything(CompileTarget target) {
            ImmutableList.Builder<Integer> widths = ImmutableList.builder();
            for (int n = 1; n <= target.maxLength(); n++) {
                widths.add(n);
            }
            return new Widths(target.program().causal(), widths.build());
        }

        /** Of a selector that positions alone decide, if it selects no key behind the query: a shorter input then lacks none. */
        static Optional<Widths> ofPrefix(Selector selector, CompileTarget target) {
            return ByPosition.alone(selector)
                    ? Attempt.of(() -> onTheLongest(selector, target)).flatMap(found -> found)
                    : Optional.empty();
        }

        private static Optional<Widths> onTheLongest(Selector selector, CompileTarget target)
                throws EvaluationException {
            SelectorMatrix matrix = Interpreter.evaluate(
                    selector, ByPosition.longest(target), target.program().causal());
            ImmutableList.Builder<Integer> widths = ImmutableList.builder();
            for (int query = 0; query < matrix.size(); query++) {
                for (int key = query + 1; key < matrix.size(); key++) {
                    if (matrix.selects(query, key)) {
                        return Optional.empty();
                    }
                }
                widths.add(matrix.width(query));
            }
            return Optional.of(new Widths(true, widths.build()));
        }
    }

    /**
     * Of a mean.
     *
     * @param domain what it can be at all
     * @param sequence what single keys bring
     * @param fallback where nothing is selected
     * @return empty where the means are too many to follow
     */
    static Optional<ValuesByCount> ofMean(
            Widths widths, ImmutableList<Value> domain, List<Value> sequence, Value fallback) {
        List<Value> numbers = sequence.stream().filter(Value::isNumeric).toList();
        int most = widths.widths().stream().mapToInt(w -> w).max().orElse(0);
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        return MeanValues.byCount(numbers, most).map(means -> {
            Set<Value> single = new HashSet<>();
            sequence.forEach(value -> single.add(SignedZero.drop(value)));
            Value none = SignedZero.drop(fallback);
            return of(
                    widths,
                    domain,
                    width -> value -> width == 0
                            ? value.equals(none)
                            : width == 1
                                    ? single.contains(value)
                                    : value instanceof FloatValue
                                            && means.get(width).contains(Values.toDouble(value)));
        });
    }

    /**
     * What means make with how many keys they were taken over; a total is one of few sums, rounded, though there are many means.
     *
     * @param product of a count and a mean
     * @return empty where the means are too many to follow
     */
    static Optional<Set<Value>> products(
            Widths widths, List<Value> numbers, Value fallback, BiFunction<Value, Value, Optional<Value>> product) {
        int most = widths.widths().stream().mapToInt(w -> w).max().orElse(0);
        return MeanValues.byCount(numbers, most).map(means -> {
            Set<Value> found = new HashSet<>();
            for (int width : Set.copyOf(widths.widths())) {
                List<Value> own = width == 0
                        ? List.of(fallback)
                        : width == 1
                                ? numbers
                                : means.get(width).stream().map(Value::of).toList();
                for (Value mean : own) {
                    product.apply(Value.of(width), mean).ifPresent(found::add);
                }
            }
            return found;
        });
    }

    /** Of a count of some of the keys. */
    static ValuesByCount ofWidth(Widths widths, ImmutableList<Value> domain) {
        return of(widths, domain, width -> value -> Values.toDouble(value) <= width);
    }

    private static ValuesByCount of(Widths widths, ImmutableList<Value> domain, IntFunction<Predicate<Value>> canBe) {
        ImmutableList.Builder<BitSet> possible = ImmutableList.builder();
        var near = NearNumbers.among(domain);
        for (int width : widths.widths()) {
            Predicate<Value> own = canBe.apply(width);
            var numbers = new TreeSet<Double>();
            for (Value value : domain) {
                if (value.isNumeric() && own.test(value)) {
                    numbers.add(Values.toDouble(value));
                }
            }
            var places = new BitSet(domain.size());
            for (int v = 0; v < domain.size(); v++) {
                Value value = domain.get(v);
                places.set(v, value.isNumeric() ? near.isIn(numbers, Values.toDouble(value)) : own.test(value));
            }
            possible.add(places);
        }
        return new ValuesByCount(widths.byIndex(), possible.build());
    }

    /** Whether it is the position that tells how many keys there are, else the length. */
    boolean byIndex() {
        return byIndex;
    }

    /**
     * Whether a value can be.
     *
     * @param coordinate of the length or the index
     * @param value its place in the variable's domain
     */
    boolean canBe(int coordinate, int value) {
        return possible.get(coordinate).get(value);
    }

    /** The coordinates of the length or the index at which the value of that place can be; not to be changed. */
    BitSet where(int value) {
        return value < places.size() ? places.get(value) : new BitSet();
    }
}
