package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.rasplens.compiler.infer.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A decision diagram as a sum of conjunctions, one hidden layer.
 *
 * <p>A one-hot is asked by Shannon's expansion, {@code f = Σ_S [x ∈ S] f_S}, over the sets of values that lead to the same. A number m
 * can't be: in one layer there is no affine form that is 1 where m is 0 and 0 where it is anything greater. It is asked by Davio's,
 * {@code f = f_1 + [m = 0] (f_0 - f_1)}: of the least number (and so of the greatest) being it is enough that a form is 1 there and 0 or
 * less elsewhere, {@code 1 - m / (m_1 - m_0)}. So {@code a and m > 0} is {@code a - [a and m = 0]}, and however many such sums a
 * function asks for "at least one", it takes no layer of its own to turn them to bits. One number of a conjunction may be compared with
 * any of its values, by a step behind the gate of the other tests: {@code f = f_0 + Σ_k [m >= m_k] (f_k - f_(k-1))}.
 */
final class Expansion {
    /** Paths may lead to nothing. */
    private static final int STEPS_PER_UNIT = 64;

    private final Diagrams diagrams;
    private final List<Optional<Points>> numbers;
    private final int limit;
    private final List<Conjunction> found = new ArrayList<>();
    private int units;
    private int steps;

    private Expansion(Diagrams diagrams, List<Optional<Points>> numbers, int limit) {
        this.diagrams = diagrams;
        this.numbers = numbers;
        this.limit = limit;
    }

    /**
     * What a function is more than one of its leaves, or nothing if one layer can't tell, or not within the limit.
     *
     * @param numbers what each variable that is no one-hot can be
     * @param limit of hidden units
     */
    static Optional<ImmutableList<Conjunction>> of(
            Diagrams diagrams, int root, int plain, List<Optional<Points>> numbers, int limit) {
        var expansion = new Expansion(diagrams, numbers, limit);
        var sum = new TreeMap<Integer, Integer>();
        add(sum, root, 1);
        add(sum, plain, -1);
        return expansion.expand(ImmutableSortedMap.copyOf(sum), Conjunction.EVERYWHERE)
                ? Optional.of(ImmutableList.copyOf(expansion.found))
                : Optional.empty();
    }

    private static void add(Map<Integer, Integer> sum, int diagram, int times) {
        sum.merge(diagram, times, Integer::sum);
        sum.remove(diagram, 0);
    }

    /** @param sum diagrams, each with how often it is added */
    private boolean expand(ImmutableSortedMap<Integer, Integer> sum, Conjunction where) {
        steps++;
        if (sum.isEmpty() || steps > STEPS_PER_UNIT * limit) {
            return sum.isEmpty();
        }
        int level = sum.keySet().stream().mapToInt(diagrams::level).min().orElse(Integer.MAX_VALUE);
        if (level == Integer.MAX_VALUE) {
            units += where.units();
            found.add(where.writing(sum));
            return units <= limit;
        }
        return numbers.get(level).isPresent()
                ? number(sum, level, numbers.get(level).get(), where)
                : oneHot(sum, level, where);
    }

    private boolean oneHot(ImmutableSortedMap<Integer, Integer> sum, int level, Conjunction where) {
        Variable variable = diagrams.variables().get(level);
        Map<ImmutableSortedMap<Integer, Integer>, BitSet> groups = new LinkedHashMap<>();
        for (int value = 0; value < variable.domain().size(); value++) {
            groups.computeIfAbsent(at(sum, level, value), s -> new BitSet()).set(value);
        }
        for (Map.Entry<ImmutableSortedMap<Integer, Integer>, BitSet> group : groups.entrySet()) {
            Conjunction here = groups.size() == 1 ? where : where.and(new Conjunction.OneOf(level, group.getValue()));
            if (!expand(group.getKey(), here)) {
                return false;
            }
        }
        return true;
    }

    private ImmutableSortedMap<Integer, Integer> at(ImmutableSortedMap<Integer, Integer> sum, int level, int value) {
        var result = new TreeMap<Integer, Integer>();
        sum.forEach((diagram, times) -> add(result, diagrams.child(diagram, level, value), times));
        return ImmutableSortedMap.copyOf(result);
    }

    /** Points next to each other that lead to the same. */
    private record Run(int first, int last, ImmutableSortedMap<Integer, Integer> sum) {}

    private boolean number(ImmutableSortedMap<Integer, Integer> sum, int level, Points points, Conjunction where) {
        Optional<List<Run>> found = runs(sum, level, points);
        if (found.isEmpty()) {
            return false;
        }
        List<Run> runs = new ArrayList<>(found.get());
        List<Run> ends = new ArrayList<>();
        boolean least = runs.size() > 1 && runs.get(0).last() == 0;
        Run last = runs.get(runs.size() - 1);
        boolean greatest = last.first() == points.at().length() - 1;
        boolean both = least && greatest && runs.size() == 3;
        if (runs.size() == 2 || both || where.rise().isPresent()) {
            if (least) {
                ends.add(runs.remove(0));
            }
            if (runs.size() > 1 && greatest) {
                ends.add(runs.remove(runs.size() - 1));
            }
        }
        if (runs.size() > 1 && where.rise().isPresent()) {
            return false;
        }
        ImmutableSortedMap<Integer, Integer> base = runs.get(0).sum();
        for (Run end : ends) {
            var extreme = new Conjunction.Extreme(level, end.first() == 0);
            if (!expand(minus(end.sum(), base), where.and(extreme))) {
                return false;
            }
        }
        for (int r = 1; r < runs.size(); r++) {
            var rise = new Conjunction.Rise(level, runs.get(r).first());
            if (!expand(minus(runs.get(r).sum(), runs.get(r - 1).sum()), where.and(rise))) {
                return false;
            }
        }
        return expand(base, where);
    }

    private static ImmutableSortedMap<Integer, Integer> minus(
            ImmutableSortedMap<Integer, Integer> sum, ImmutableSortedMap<Integer, Integer> less) {
        var result = new TreeMap<>(sum);
        less.forEach((diagram, times) -> add(result, diagram, -times));
        return ImmutableSortedMap.copyOf(result);
    }

    /** Nothing where values that are one number lead to different diagrams. */
    private Optional<List<Run>> runs(ImmutableSortedMap<Integer, Integer> sum, int level, Points points) {
        var atPoint = new ArrayList<ImmutableSortedMap<Integer, Integer>>();
        for (int point = 0; point < points.at().length(); point++) {
            atPoint.add(null);
        }
        for (int value = 0; value < points.of().length(); value++) {
            ImmutableSortedMap<Integer, Integer> here = at(sum, level, value);
            ImmutableSortedMap<Integer, Integer> before =
                    atPoint.set(points.of().get(value), here);
            if (before != null && !before.equals(here)) {
                return Optional.empty();
            }
        }
        var runs = new ArrayList<Run>();
        for (int point = 0; point < atPoint.size(); point++) {
            ImmutableSortedMap<Integer, Integer> here = atPoint.get(point);
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.sum().equals(here)) {
                runs.set(runs.size() - 1, new Run(last.first(), point, here));
            } else {
                runs.add(new Run(point, point, here));
            }
        }
        return Optional.of(runs);
    }
}
