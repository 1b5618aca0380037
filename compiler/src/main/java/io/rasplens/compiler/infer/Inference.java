package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.infer.refusal.Effort;
import io.rasplens.compiler.infer.refusal.Unlisted;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.Map;
import java.util.Optional;

/** What is known of a program's nodes. Asking for a node that the program's output doesn't need is an error. */
public final class Inference {
    private final NodeMap<SOp, ValueSet> sets;
    private final NodeMap<SOp, JointTable> tables;
    private final SelectorProofs proofs;
    private final Unlisted unlisted;
    private final Effort effort;

    Inference(
            NodeMap<SOp, ValueSet> sets,
            NodeMap<SOp, JointTable> tables,
            SelectorProofs proofs,
            Unlisted unlisted,
            Effort effort) {
        this.sets = sets;
        this.tables = tables;
        this.proofs = proofs;
        this.unlisted = unlisted;
        this.effort = effort;
    }

    /** Whether what costs more, or is for few programs, is tried. */
    public boolean isThorough() {
        return effort == Effort.THOROUGH;
    }

    /** The values the s-op can take. */
    public ValueSet values(SOp sop) {
        ValueSet set = sets.get(sop);
        if (set == null) {
            throw new IllegalArgumentException(sop + " is not part of the program");
        }
        return set;
    }

    /** Whether the s-op's values can be listed. */
    public boolean isListed(SOp sop) {
        return values(sop).isListed();
    }

    /** Whether the s-op is a number everywhere, listed or not, and never a bool or a string. */
    public boolean isNumber(SOp sop) {
        return values(sop).isNumber();
    }

    /** Least and greatest number the s-op can be. */
    public NumberRange range(SOp sop) {
        return values(sop).range();
    }

    /** How many values an s-op has of which only bounds are known, and how many would be listed: in words, after a colon. */
    public String unlisted(SOp sop) {
        return unlisted.words(sop);
    }

    /** What keeps the numbers apart that the s-op can take; absent if nothing is known to. */
    public Optional<Grid> grid(SOp sop) {
        return Grids.of(values(sop)).or(() -> sop instanceof SOp.Aggregate mean ? meanGrid(mean) : Optional.empty());
    }

    /** Of listed means, where the list itself has too many denominators to show a grid; one number alone is copied. */
    private Optional<Grid> meanGrid(SOp.Aggregate mean) {
        SelectorFacts selected = proofs.facts(mean.selector());
        Optional<Grid> grid =
                selected.most() <= 1 ? grid(mean.sequence()) : Grids.mean(values(mean.sequence()), selected.most());
        return selected.least() >= 1
                ? grid
                : grid.flatMap(own -> Grid.of(mean.fallback()).flatMap(own::or));
    }

    /**
     * What keeps two means over the same keys apart: they have one denominator, and equal sums are equal floats. Empty if they are no
     * means over the same keys, or of numbers that are rounded.
     */
    public Optional<Double> gapOfMeans(SOp left, SOp right) {
        if (!(left instanceof SOp.Aggregate one)
                || !(right instanceof SOp.Aggregate other)
                || !one.selector().equals(other.selector())
                || !one.fallback().equals(other.fallback())) {
            return Optional.empty();
        }
        int most = Math.max(1, proofs.facts(one.selector()).most());
        return grid(one.sequence())
                .flatMap(a -> grid(other.sequence()).map(b -> new Grid[] {a, b}))
                .filter(grids -> isExactSum(one, grids[0], most) && isExactSum(other, grids[1], most))
                .map(grids -> Grid.gap(grids[0], grids[1]) / most);
    }

    /**
     * The numbers that a sum of multiples of means over the same keys can be, ascending; nothing if that can't be listed.
     *
     * @param factors of each mean
     */
    public Optional<ImmutableDoubleArray> sumsOfMeans(Map<SOp, Double> factors) {
        return new SumsOfMeans(tables, proofs).of(factors);
    }

    private boolean isExactSum(SOp.Aggregate mean, Grid grid, int most) {
        return grid.isBinary() && range(mean.sequence()).magnitude() * most * grid.parts() <= 1L << 53;
    }

    /** The s-op as a function of its variables; absent where there are too many combinations or values. */
    public Optional<JointTable> table(SOp sop) {
        return Optional.ofNullable(tables.get(sop));
    }

    /** The s-op as a variable of its own; absent where it has too many values to be listed. */
    public Optional<JointTable> identity(SOp sop) {
        JointTable own = tables.get(sop);
        if (own != null && own.variables().equals(ImmutableList.of(new Variable.Computed(sop, ImmutableList.of())))) {
            return Optional.of(own);
        }
        return values(sop) instanceof ValueSet.Finite finite
                ? Optional.of(JointTable.identity(new Variable.Computed(sop, finite.values())))
                : Optional.empty();
    }

    /** Whether it is proved that no query selects two keys. */
    public boolean atMostOne(Selector selector) {
        return proofs.atMostOne(selector);
    }

    /** Whether it is proved that every query selects a key. */
    public boolean neverEmpty(Selector selector) {
        return proofs.neverEmpty(selector);
    }

    /** Whether it is proved that all keys a query selects hold equal values of {@code sequence}. */
    public boolean selectsEqualValues(Selector selector, SOp sequence) {
        return proofs.selectsEqualValues(selector, sequence);
    }

    /**
     * Whether it is proved that all keys a query selects hold equal numbers of {@code sequence}, and that their mean is that number
     * to the last digit.
     */
    public boolean copiesEqualValues(Selector selector, SOp sequence) {
        return proofs.selectsEqualValues(selector, sequence)
                && values(sequence) instanceof ValueSet.Finite finite
                && MeanValues.keepsEqual(finite.values(), proofs.facts(selector).most());
    }

    /** Whether it is proved that the s-op has equal values at all positions of one input. */
    public boolean sameEverywhere(SOp sop) {
        return proofs.sameEverywhere(sop);
    }

    /** Whether it is proved that the aggregate is the very number that its sequence is, at all positions of an input. */
    public boolean isItsSequence(SOp.Aggregate node) {
        return proofs.sameEverywhere(node.sequence())
                && proofs.neverEmpty(node.selector())
                && copiesEqualValues(node.selector(), node.sequence());
    }

    /** Whether it is proved that no two positions of one input hold equal values. */
    public boolean distinctAcrossPositions(SOp sop) {
        return proofs.distinct(sop);
    }

    /** Whether it is proved that the values on an input of length n are 0 to n - 1, each once. */
    public boolean permutation(SOp sop) {
        return proofs.permutation(sop);
    }
}
