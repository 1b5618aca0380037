package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.counts.SituatedValues;
import io.rasplens.compiler.infer.counts.TokenCounts;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;

/** What elementwise s-ops are functions of: what the embedding knows, and what attention brings. */
public sealed interface Variable {

    /** All values the variable can take, in order. */
    ImmutableList<Value> domain();

    /** The input token itself; every {@code tokens_…} is a function of it. */
    record Input(ImmutableList<Value> domain) implements Variable {}

    /** The position, {@code 0} to {@code maxLength - 1}. */
    record Index(ImmutableList<Value> domain) implements Variable {}

    /** The input's length, {@code 1} to {@code maxLength}; the same at every position, and greater than {@link Index}. */
    record Length(ImmutableList<Value> domain) implements Variable {}

    /**
     * Which values of a variable there can be where.
     *
     * @param byCount at each length or position, if that is known
     * @param counts all situations there are, if it is known which of the values there can be in each
     * @param situations of each value, as many as there are values if that is known
     */
    record Occurrence(Optional<ValuesByCount> byCount, Optional<TokenCounts> counts, ImmutableList<BitSet> situations) {
        static final Occurrence ANYWHERE = new Occurrence(Optional.empty(), Optional.empty(), ImmutableList.of());

        static Occurrence of(ValuesByCount byCount) {
            return new Occurrence(Optional.of(byCount), Optional.empty(), ImmutableList.of());
        }

        static Occurrence of(TokenCounts counts, SituatedValues values) {
            return new Occurrence(Optional.empty(), Optional.of(counts), values.situations());
        }
    }

    /**
     * An s-op that is computed by attention, or an elementwise one whose own variables have too many combinations.
     *
     * @param allOccur whether each value is known to occur
     * @param where which of the values there can be where; worked out where it is asked for
     */
    record Computed(SOp sop, ImmutableList<Value> domain, boolean allOccur, Supplier<Occurrence> where)
            implements Variable {
        public Computed(SOp sop, ImmutableList<Value> domain) {
            this(sop, domain, false, () -> Occurrence.ANYWHERE);
        }

        Optional<ValuesByCount> byCount() {
            return where.get().byCount();
        }

        Optional<TokenCounts> counts() {
            return where.get().counts();
        }

        /** The situations of the value of that place in the domain. */
        BitSet situations(int place) {
            return where.get().situations().get(place);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Computed that && sop.equals(that.sop);
        }

        @Override
        public int hashCode() {
            return sop.hashCode();
        }
    }

    /** A fixed order, so that tables look the same in every run. */
    static int rank(Variable variable) {
        if (variable instanceof Input) {
            return -3;
        }
        if (variable instanceof Index) {
            return -2;
        }
        return variable instanceof Computed computed ? computed.sop().id() : -1;
    }
}
