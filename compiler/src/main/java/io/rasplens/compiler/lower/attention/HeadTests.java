package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.selector.GroupSelects;
import io.rasplens.compiler.lower.selector.KeyCondition;
import io.rasplens.compiler.lower.selector.SelectorCases;
import io.rasplens.compiler.lower.selector.SplitSums;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Optional;

/** Finds the tests that a selector is made of: one for each of its heads. */
final class HeadTests {
    private static final int MAX_TESTS = 64;

    private final Facts facts;
    private final GroupSelects groups;
    private final MakeScores scores;
    private final SplitSums splits;
    private final Policy policy;
    private final Memo<Seen, Optional<ImmutableList<KeyCondition>>> known = new Memo<>(this::find);

    /** @param mayPart whether several heads are as good as one */
    private record Seen(Selector selector, Keys keys, boolean mayPart) {}

    HeadTests(Facts facts, GroupSelects groups, MakeScores scores, Policy policy) {
        this.facts = facts;
        this.groups = groups;
        this.splits = new SplitSums(facts);
        this.scores = scores;
        this.policy = policy;
    }

    /** True if one head sees all that is selected. */
    boolean isOneHead(SOp node, Selector selector, Keys selected) {
        return of(node, selector, selected).size() == 1;
    }

    /**
     * The tests of a selector's heads. Where several values are selected the tests exclude each other and see all keys alike: sums over
     * them are sums over the selector. Where it is one value, that the scores of selected keys differ does no harm to the answer.
     *
     * @param node what the heads are for, to be named if there are too many
     */
    ImmutableList<KeyCondition> of(SOp node, Selector selector, Keys selected) {
        // A mean over several heads takes a block more.
        return known.get(new Seen(selector, selected, selected == Keys.ONE || node instanceof SOp.SelectorWidth))
                .orElseThrow(() -> facts.refuse(
                        CompileCode.MODEL_TOO_LARGE,
                        node,
                        "selects by a formula of more than " + MAX_TESTS
                                + " cases, the limit for the heads of one selector",
                        "combine fewer selectors with 'and', 'or' and 'not', or count with each of them apart"));
    }

    /** Empty if there are too many. */
    private Optional<ImmutableList<KeyCondition>> find(Seen seen) {
        boolean copy = seen.keys() != Keys.ANY;
        Optional<ImmutableList<KeyCondition>> byParts = splits.of(seen.selector())
                .flatMap(selector -> compared(new Seen(selector, seen.keys(), seen.mayPart())))
                .filter(tests -> seen.mayPart() || tests.size() <= 1);
        if (byParts.isPresent() && !groups.areFew(seen.selector())) {
            return byParts;
        }
        Optional<ImmutableList<KeyCondition>> whole = compared(seen);
        return whole.isEmpty()
                        || byParts.filter(tests -> cost(tests, copy) < cost(whole.get(), copy))
                                .isPresent()
                ? byParts
                : whole;
    }

    private Optional<ImmutableList<KeyCondition>> compared(Seen seen) {
        boolean copy = seen.keys() != Keys.ANY;
        return SelectorCases.of(seen.selector(), groups, MAX_TESTS, tests -> cost(tests, copy))
                .map(exclusive -> copy && exclusive.size() > 1 ? orWeighed(exclusive, seen) : exclusive);
    }

    private ImmutableList<KeyCondition> orWeighed(ImmutableList<KeyCondition> exclusive, Seen seen) {
        Optional<ImmutableList<KeyCondition>> weighed =
                SelectorCases.weighed(seen.selector(), groups).map(test -> ImmutableList.of(test.named(exclusive)));
        // A pattern that is the selector is worth half the size again.
        return weighed.filter(one -> seen.keys() == Keys.EQUAL
                        ? seesAlike(one.get(0))
                        : 2 * cost(one, true) <= 3 * cost(exclusive, true))
                .orElse(exclusive);
    }

    private boolean seesAlike(KeyCondition weighed) {
        return policy.weighsAlternatives() || weighed.isConjunction();
    }

    /**
     * How large the model becomes, counted in columns of a head's matrices: heads are all as wide as the widest, and the mean over
     * several heads takes a division, about a unit for each position.
     */
    private long cost(ImmutableList<KeyCondition> tests, boolean copy) {
        long widest = tests.stream()
                .mapToInt(test -> scores.dimensions(test, copy))
                .max()
                .orElse(0);
        return tests.size() * (widest + 1)
                + (copy || tests.size() <= 1 ? 0 : facts.target().maxLength());
    }
}
