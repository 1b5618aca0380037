package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query does not see makes no difference to it, whatever it is; and what is 0 adds nothing, whatever its weight. */
class NothingTimesInfinityTest {
    private static final int LAST = 3;

    /** Two of its channels are of a head of three, one is of a head of one. */
    private static final int[][] HEADS_AND_CHANNELS = {{1, 0}, {1, 2}, {2, 0}};

    private final HookedTransformer model = HookedTransformer.load(RandomModels.plain(4, AttentionDirection.CAUSAL));

    private TokenBatch tokens(int rows) {
        return rows == 1
                ? model.encode(List.of("a", "b", "c"))
                : model.encodeBatch(List.of(List.of("a", "b", "c"), List.of("d", "d", "a"), List.of("c", "a", "b")));
    }

    private ActivationCache run(TokenBatch tokens, HookAssignment... hooks) {
        return model.runWithCache(tokens, RunOptions.PLAIN.hooks(List.of(hooks)))
                .cache();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatComesLaterMayBeInfinite(int rows) {
        TokenBatch tokens = tokens(rows);
        Tensor clean = run(tokens).z(0);
        int row = rows - 1;
        for (int[] place : HEADS_AND_CHANNELS) {
            Tensor z = run(
                            tokens,
                            HookAssignment.of(
                                    HookName.v(0),
                                    Hook.replace((v, point) ->
                                            v.with(Double.POSITIVE_INFINITY, row, LAST, place[0], place[1]))))
                    .z(0);

            Tensor expected = clean.with(Double.POSITIVE_INFINITY, row, LAST, place[0], place[1]);
            assertThat(z).isEqualTo(expected);
        }
    }

    /** What is seen counts, a number that is none too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsSeenCounts(int rows) {
        TokenBatch tokens = tokens(rows);
        int row = rows - 1;
        Tensor z = run(
                        tokens,
                        HookAssignment.of(HookName.v(0), Hook.replace((v, point) -> v.with(Double.NaN, row, 2, 1, 1))))
                .z(0);
        for (int pos = 0; pos <= LAST; pos++) {
            assertThat(Double.isNaN(z.get(row, pos, 1, 1))).isEqualTo(pos >= 2);
            assertThat(z.get(row, pos, 1, 0)).isFinite();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsZeroAddsNothing(int rows) {
        TokenBatch tokens = tokens(rows);
        int row = rows - 1;
        HookAssignment zero = HookAssignment.of(HookName.v(0), Hook.replace((v, point) -> v.with(0, row, 1, 1, 0)));
        HookAssignment weightless =
                HookAssignment.of(HookName.pattern(0), Hook.replace((p, point) -> p.with(0, row, 1, LAST, 1)));
        HookAssignment infinite = HookAssignment.of(
                HookName.pattern(0), Hook.replace((p, point) -> p.with(Double.POSITIVE_INFINITY, row, 1, LAST, 1)));

        double expected = run(tokens, zero, weightless).z(0).get(row, LAST, 1, 0);
        Tensor z = run(tokens, zero, infinite).z(0);
        assertThat(z.get(row, LAST, 1, 0)).isEqualTo(expected);
        assertThat(z.get(row, LAST, 1, 1)).isInfinite();
        assertThat(z.get(row, 2, 1, 0)).isEqualTo(run(tokens, zero).z(0).get(row, 2, 1, 0));
    }

    private static HookAssignment query(double number, int row, int channel) {
        return HookAssignment.of(HookName.q(0), Hook.replace((q, point) -> q.with(number, row, LAST, 0, channel)));
    }

    private static HookAssignment key(double number, int row, int channel) {
        return HookAssignment.of(HookName.k(0), Hook.replace((k, point) -> k.with(number, row, 1, 0, channel)));
    }

    /** A query that does not ask for what is infinite in a key, and a key without what a query asks for beyond measure. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void scoresOfZeroTimesInfinityAreThoseOfTheRest(int rows) {
        TokenBatch tokens = tokens(rows);
        double infinity = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            for (int channel = 0; channel < 4; channel += 3) {
                Tensor none = run(tokens, query(0, row, channel), key(0, row, channel))
                        .attnScores(0);
                Tensor key = run(tokens, query(0, row, channel), key(infinity, row, channel))
                        .attnScores(0);
                Tensor query = run(tokens, query(infinity, row, channel), key(0, row, channel))
                        .attnScores(0);

                assertThat(key.get(row, 0, LAST, 1)).isEqualTo(none.get(row, 0, LAST, 1));
                assertThat(query.get(row, 0, LAST, 1)).isEqualTo(none.get(row, 0, LAST, 1));
                // At other keys it is beyond measure, and what is not asked for is as it was.
                assertThat(query.get(row, 0, LAST, 2)).isInfinite();
                assertThat(key.get(row, 0, LAST, 2)).isEqualTo(none.get(row, 0, LAST, 2));
                assertThat(key.get(row, 1, LAST, 1)).isEqualTo(none.get(row, 1, LAST, 1));
            }
        }
    }

    @Test
    void allRowsOfABatchAreMended() {
        TokenBatch tokens = tokens(3);
        Tensor clean = run(tokens).z(0);
        Tensor z = run(
                        tokens,
                        HookAssignment.of(
                                HookName.v(0),
                                Hook.replace((v, point) -> v.with(Double.POSITIVE_INFINITY, 0, LAST, 1, 0)
                                        .with(Double.NEGATIVE_INFINITY, 1, LAST, 1, 0))))
                .z(0);
        assertThat(z)
                .isEqualTo(clean.with(Double.POSITIVE_INFINITY, 0, LAST, 1, 0)
                        .with(Double.NEGATIVE_INFINITY, 1, LAST, 1, 0));
    }
}
