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
     * An s-op that is computed by attention, or an elementwise one whose own variables have too many combinations.
     *
     * @param byCount which of the values there can be at each length or position, if that is known; worked out where it is asked for
     * @param counts all situations there are, if it is known which of the values there can be in each
     * @param situations of each value, as many as there are values if that is known
     */
    record Computed(
            SOp sop,
            ImmutableList<Value> domain,
            Supplier<Optional<ValuesByCount>> byCount,
            Optional<TokenCounts> counts,
            ImmutableList<BitSet> situations)
            implements Variable {
        public Computed(SOp sop, ImmutableList<Value> domain) {
            this(sop, domain, Optional::empty);
        }

        Computed(SOp sop, ImmutableList<Value> domain, Supplier<Optional<ValuesByCount>> byCount) {
            this(sop, domain, byCount, Optional.empty(), ImmutableList.of());
        }

        Computed(SOp sop, TokenCounts counts, SituatedValues values) {
            this(sop, values.values(), Optional::empty, Optional.of(counts), values.situations());
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
