package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.part.Condition;
import java.util.List;

/**
 * What one head can tell of a key: that the scores of some predicates add up to a threshold. A conjunction is met where all of its
 * predicates, of score 1, hold.
 *
 * @param parts on different pairs of a key and a query
 * @param words the test as RASP would put it; empty if all keys pass
 * @param where the same as structure
 */
public record KeyCondition(ImmutableList<Predicate> parts, int threshold, String words, Condition where) {

    public static KeyCondition conjunction(ImmutableList<Predicate> parts) {
        String words = String.join(" and ", parts.stream().map(Predicate::words).toList());
        ImmutableList<Condition> conditions =
                parts.stream().map(Predicate::where).collect(ImmutableList.toImmutableList());
        Condition where = conditions.size() == 1 ? conditions.get(0) : new Condition.All(conditions);
        return new KeyCondition(parts, parts.size(), words, where);
    }

    /** True if no part counts for more than another, and all have to hold. */
    public boolean isConjunction() {
        return threshold == parts.size()
                && parts.stream().allMatch(part -> part.levels().stream().allMatch(level -> level <= 1));
    }

    /** The keys that pass, in words. */
    public String keys() {
        return words.isEmpty() ? "all keys" : "keys where " + words;
    }

    /** The same test in the words of those that it does the work of. */
    public KeyCondition named(List<KeyCondition> tests) {
        return new KeyCondition(
                parts,
                threshold,
                String.join(" or ", tests.stream().map(KeyCondition::words).toList()),
                new Condition.Any(tests.stream().map(KeyCondition::where).collect(ImmutableList.toImmutableList())));
    }
}
