package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in RASP's words for which truth values of some selects a predicate holds, in as few selects as tell these from all others. */
final class PredicateWords {
    private final List<Selector.Select> selects;
    private final Function<Selector.Select, String> name;
    private final List<List<SignedSelect>> ways = new ArrayList<>();

    /**
     * The words.
     *
     * @param chosen where the predicate holds
     * @param reachable all truth values there are
     */
    PredicateWords(
            List<Selector.Select> selects,
            Function<Selector.Select, String> name,
            Collection<BitSet> chosen,
            Collection<BitSet> reachable) {
        this.selects = selects;
        this.name = name;
        Set<BitSet> others = new LinkedHashSet<>(reachable);
        others.removeAll(chosen);
        List<BitSet> open = new ArrayList<>(chosen);
        while (!open.isEmpty()) {
            List<SignedSelect> way = shortest(open.get(0), others);
            open.removeIf(truth -> way.stream().allMatch(literal -> literal.isMetBy(truth)));
            ways.add(way);
        }
    }

    private record SignedSelect(int select, boolean holds) {
        boolean isMetBy(BitSet truth) {
            return truth.get(select) == holds;
        }
    }

    /** Conjunctions joined by "or", in brackets if there are several. */
    String text() {
        List<String> all = ways.stream()
                .map(way -> way.stream().map(this::words).collect(Collectors.joining(" and ")))
                .toList();
        return all.size() == 1 ? all.get(0) : "(" + String.join(" or ", all) + ")";
    }

    /**
     * The same as structure.
     *
     * @param reference what tells an s-op from every other
     */
    Condition condition(Function<SOp, String> reference) {
        ImmutableList<Condition> all =
                ways.stream().map(way -> all(way, reference)).collect(ImmutableList.toImmutableList());
        return all.size() == 1 ? all.get(0) : new Condition.Any(all);
    }

    private Condition all(List<SignedSelect> way, Function<SOp, String> reference) {
        ImmutableList<Condition> parts =
                way.stream().map(literal -> compare(literal, reference)).collect(ImmutableList.toImmutableList());
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private Condition compare(SignedSelect literal, Function<SOp, String> reference) {
        Selector.Select select = selects.get(literal.select);
        return new Condition.Compare(
                reference.apply(select.key()),
                select.comparison().symbol(),
                reference.apply(select.query()),
                literal.holds);
    }

    /** Selects as they are in one case that together are so in none of the others; those that hold come first. */
    private List<SignedSelect> shortest(BitSet truth, Set<BitSet> others) {
        List<SignedSelect> literals = new ArrayList<>();
        for (boolean holds : new boolean[] {true, false}) {
            for (int select = 0; select < selects.size(); select++) {
                if (truth.get(select) == holds) {
                    literals.add(new SignedSelect(select, holds));
                }
            }
        }
        for (int i = literals.size() - 1; i >= 0; i--) {
            List<SignedSelect> fewer = new ArrayList<>(literals);
            fewer.remove(i);
            if (others.stream().noneMatch(other -> fewer.stream().allMatch(literal -> literal.isMetBy(other)))) {
                literals = fewer;
            }
        }
        return literals;
    }

    private String words(SignedSelect literal) {
        return (literal.holds ? "" : "not ") + name.apply(selects.get(literal.select));
    }
}
