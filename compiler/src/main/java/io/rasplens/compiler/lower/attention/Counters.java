package io.rasplens.compiler.lower.attention;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.gadget.CountHead;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which s-ops stand in the stream as squeezed counts, {@code B w / (B + w)}, and what stands there for each number. */
final class Counters {
    private final Facts facts;
    private final HeadTests tests;
    private final boolean squeezes;
    private final int keys;
    private final FindCounts counts;
    private boolean looked;

    /**
     * The counts of a program.
     *
     * @param squeezes whether any is to be squeezed
     * @param hardness the score of a select that holds
     */
    Counters(Facts facts, HeadTests tests, boolean squeezes, double hardness) {
        this.facts = facts;
        this.tests = tests;
        this.squeezes = squeezes;
        this.keys = facts.target().maxLength();
        this.counts = new FindCounts(facts, this::heads, KeyScores.more(hardness));
    }

    /**
     * An s-op that is counted by heads of its own.
     *
     * @param selector the keys
     * @param sequence what is added up; 1 for each key where it is empty
     * @param bosWeight B
     * @param scale how many times what sums differ by the greatest summand is, or 1 if it is less
     * @param blur how far from {@link #held} the number may be
     */
    record Counter(Selector selector, Optional<SOp> sequence, double bosWeight, double scale, double blur) {}

    /** How the s-op is counted, if it is squeezed and no sum of others. */
    Optional<Counter> of(SOp sop) {
        Double weight = found().bosWeights().get(sop);
        if (weight == null) {
            return Optional.empty();
        }
        double scale = found().scale(sop);
        if (sop instanceof SOp.SelectorWidth width) {
            double blur =
                    found().straight().contains(sop) ? lost(width, weight) : CountHead.blur(weight, keys, heads(width));
            return Optional.of(new Counter(width.selector(), Optional.empty(), weight, scale, blur));
        }
        SOp.Aggregate mean = facts.total(sop).orElseThrow().mean();
        return Optional.of(
                new Counter(mean.selector(), Optional.of(mean.sequence()), weight, scale, lost(sop, weight)));
    }

    boolean isSqueezed(SOp sop) {
        return found().bosWeights().containsKey(sop) || found().totals().contains(sop);
    }

    /** The sum of squeezed counts that the s-op is, if it is read as one number. */
    Optional<AffineSum> sum(SOp sop) {
        return found().totals().contains(sop)
                ? Optional.of(AffineSum.of(sop, part -> found().bosWeights().containsKey(part))
                        .folded(facts::alwaysNumber))
                : Optional.empty();
    }

    /** Whether no more than one key is ever selected: a head that copies a 1 tells that without steps. */
    boolean isMark(SOp.SelectorWidth width) {
        return squeezes
                && facts.inference().values(width) instanceof ValueSet.Finite finite
                && FindCounts.isMark(finite);
    }

    /**
     * What stands in the stream where the s-op is {@code number}. Of several heads' sum that is the middle of what can stand there.
     */
    double held(SOp sop, double number) {
        if (!(sop instanceof SOp.SelectorWidth width) || found().straight().contains(sop)) {
            return number;
        }
        double bos = Objects.requireNonNull(found().bosWeights().get(sop));
        return CountHead.held(bos, number, heads(width));
    }

    /** How far what stands there may be from {@link #held}. */
    double blur(SOp sop) {
        Optional<AffineSum> sum = sum(sop);
        if (sum.isEmpty()) {
            return of(sop).map(Counter::blur).orElse(0.0);
        }
        double blur = 0;
        for (Map.Entry<SOp, Double> part : sum.get().leaves().entrySet()) {
            blur += Math.abs(part.getValue())
                    * of(part.getKey()).map(Counter::blur).orElse(0.0);
        }
        return blur;
    }

    /** By how much less than the number may stand there. */
    private double lost(SOp sop, double bos) {
        return facts.size(sop) * keys / (bos + keys);
    }

    private int heads(SOp.SelectorWidth width) {
        return tests.of(width, width.selector(), Keys.ANY).size();
    }

    /** The words for what stands in the stream: {@code B n / (n + B)} for an s-op of name n. */
    String name(SOp sop) {
        double bos = Objects.requireNonNull(found().bosWeights().get(sop));
        return sop instanceof SOp.SelectorWidth ? CountHead.words(facts.name(sop), bos) : "about " + facts.name(sop);
    }

    /** The same as structure. */
    Holds holds(SOp sop, Counter counter, String reference) {
        if (!(sop instanceof SOp.SelectorWidth) || found().straight().contains(sop)) {
            return new Holds.PowersOf(reference, ImmutableDoubleArray.of(0, 1), counter.blur());
        }
        return new Holds.ShareOf(reference, counter.bosWeight(), 1, 0, counter.blur());
    }

    /**
     * What has been found. The program is looked through when it is first asked for; how many heads a count takes is asked of rooms that ask
     * here what is squeezed among its arguments, which are looked at first.
     */
    private FindCounts found() {
        if (squeezes && !looked) {
            looked = true;
            counts.search();
        }
        return counts;
    }
}
