package io.rasplens.compiler.infer.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Selectors by situations of which one tells a value, one leaves two open, and one has none. */
class SituatedSelectorTest {
    private static final int ONE = 0;
    private static final int TWO = 1;
    private static final int ONE_OR_TWO = 2;
    private static final int NOTHING = 3;
    private static final int STRING = 4;

    private final Graph graph = new Graph();
    private final SOp key = graph.indices();
    private final SOp query = graph.tokens(TokenConversion.ASIS);

    @Test
    void whereValuesAreKnownTheComparisonSays() {
        SituatedSelector less = situated(graph.select(key, query, Comparison.LESS), () -> true);

        assertThat(less.of(ONE, TWO)).isEqualTo(SituatedSelector.Held.YES);
        assertThat(less.of(TWO, ONE)).isEqualTo(SituatedSelector.Held.NO);
        assertThat(less.of(TWO, STRING)).isEqualTo(SituatedSelector.Held.NO);
        assertThat(less.of(NOTHING, ONE)).isEqualTo(SituatedSelector.Held.NO);
    }

    @Test
    void whatSeveralValuesDecideIsOpenUnlessAllAgree() {
        assertThat(situated(graph.select(key, query, Comparison.EQUAL), () -> true)
                        .of(ONE_OR_TWO, TWO))
                .isEqualTo(SituatedSelector.Held.OPEN);
        assertThat(situated(graph.select(key, query, Comparison.LESS_EQUAL), () -> true)
                        .of(ONE_OR_TWO, TWO))
                .isEqualTo(SituatedSelector.Held.YES);
    }

    @Test
    void conjunctionsAndDisjunctionsAreOpenOnlyWhereTheOpenPartDecides() {
        Selector equal = graph.select(key, query, Comparison.EQUAL);
        Selector atMost = graph.select(key, query, Comparison.LESS_EQUAL);
        Selector greater = graph.select(key, query, Comparison.GREATER);

        assertThat(of(graph.and(atMost, equal))).isEqualTo(SituatedSelector.Held.OPEN);
        assertThat(of(graph.and(greater, equal))).isEqualTo(SituatedSelector.Held.NO);
        assertThat(of(graph.or(atMost, equal))).isEqualTo(SituatedSelector.Held.YES);
        assertThat(of(graph.or(greater, equal))).isEqualTo(SituatedSelector.Held.OPEN);
        assertThat(of(graph.not(atMost))).isEqualTo(SituatedSelector.Held.NO);
        assertThat(of(graph.not(greater))).isEqualTo(SituatedSelector.Held.YES);
        assertThat(of(graph.not(equal))).isEqualTo(SituatedSelector.Held.OPEN);
    }

    /** A pair that was compared costs as much again, so that work is bounded whatever is known. */
    @Test
    void whenAllIsSpentTheAnswerIsOpen() {
        var left = new AtomicInteger(2);
        SituatedSelector equal = situated(graph.select(key, query, Comparison.EQUAL), () -> left.getAndDecrement() > 0);

        assertThat(List.of(equal.of(ONE, ONE), equal.of(ONE, ONE), equal.of(ONE, ONE)))
                .containsExactly(SituatedSelector.Held.YES, SituatedSelector.Held.YES, SituatedSelector.Held.OPEN);
    }

    private SituatedSelector.Held of(Selector selector) {
        return situated(selector, () -> true).of(ONE_OR_TWO, TWO);
    }

    private static SituatedSelector situated(Selector selector, BooleanSupplier spend) {
        var values = new ValuesBySituation(5);
        values.add(Value.of(1), situations(ONE, ONE_OR_TWO));
        values.add(Value.of(2), situations(TWO, ONE_OR_TWO));
        values.add(Value.of("a"), situations(STRING));
        return SituatedSelector.of(selector, sop -> values, spend);
    }

    private static BitSet situations(int... all) {
        var set = new BitSet();
        for (int situation : all) {
            set.set(situation);
        }
        return set;
    }
}
