package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** On reverse: the first answer depends on the last token, which only the last layer's head moves. */
class PatchSweepTest {
    private final HookedTransformer model =
            HookedTransformer.load(ModelStore.load(Fixtures.model("reverse")).orThrow());
    private final TokenBatch clean = model.encode(List.of(1, 1, 1, 3));
    private final TokenBatch corrupted = model.encode(List.of(1, 1, 1, 2));
    /** Logit of 3 minus logit of 2 at the first position: 1 on the clean input, -1 on the corrupted one. */
    private final PatchSweep sweep = new PatchSweep(model, clean, corrupted, PatchSweepTest::metric);

    private static double metric(Tensor logits) {
        return logits.get(0, 1, 2) - logits.get(0, 1, 1);
    }

    @Test
    void theTokenStandsAtTheLastPositionUntilTheLastLayer() {
        LabelledTable table = sweep.byPosition(HookKind.RESID_PRE);

        assertThat(table.rows()).containsExactly("0", "1", "2", "3");
        assertThat(table.columns()).containsExactly("0", "1", "2", "3", "4");
        for (int layer = 0; layer < 4; layer++) {
            for (int position = 0; position < 5; position++) {
                assertThat(table.get(layer, position)).isCloseTo(position == 4 ? 1 : -1, within(1e-6));
            }
        }
    }

    @Test
    void theLastHeadWritesItToTheFirstPosition() {
        LabelledTable table = sweep.byPosition(HookKind.ATTN_OUT);

        assertThat(table.get(3, 1)).isCloseTo(1, within(1e-6));
        assertThat(table.get(3, 4)).isCloseTo(-1, within(1e-6));
        assertThat(table.get(0, 1)).isCloseTo(-1, within(1e-6));
        assertThat(sweep.byHead(HookKind.V).get(3, 0)).isCloseTo(1, within(1e-6));
        assertThat(sweep.byHead(HookKind.PATTERN).get(3, 0))
                .as("where it looks does not depend on the tokens")
                .isCloseTo(-1, within(1e-6));
    }

    @Test
    void everyCellIsAWholeRunWithThatPartInPlace() {
        ActivationCache from = model.runWithCache(clean).cache();
        for (HookKind kind : PatchSweep.STREAM) {
            LabelledTable table = sweep.byPosition(kind);
            for (int layer = 0; layer < 4; layer++) {
                for (int position = 0; position < 5; position++) {
                    int at = position;
                    var name = new HookName(kind, layer);
                    Tensor logits = model.runWithHooks(
                            corrupted,
                            HookAssignment.of(
                                    name,
                                    Hook.replace((activation, point) -> activation.withSlice(
                                            "pos", at, from.get(name).slice("pos", at)))));
                    assertThat(table.get(layer, position))
                            .as("%s %d %d", kind, layer, position)
                            .isEqualTo(metric(logits));
                }
            }
        }
    }

    @Test
    void headsHaveTheirOwnRowsAndThoseThatDoNotExistAreAbsent() {
        LabelledTable byHead = sweep.byHeadAndPosition(HookKind.Z);
        assertThat(byHead.rows()).containsExactly("0.0", "1.0", "2.0", "3.0");
        assertThat(byHead.get(3, 1)).isCloseTo(1, within(1e-6));
        assertThat(byHead.get(3, 4)).isCloseTo(-1, within(1e-6));
        assertThat(sweep.byHeadAndPosition(HookKind.RESULT).get(3, 1)).isCloseTo(1, within(1e-6));

        CompiledProgram ragged = CompiledProgram.text("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                left = aggregate(select(indices, indices - 1, ==), tokens, "a");
                right = aggregate(select(indices, indices + 1, ==), tokens, "a");
                both = left == right;
                last = aggregate(select(indices, 2, ==), both, False);
                """, 1);
        assertThat(ragged.transformer().model().weights().layers().get(0).heads())
                .hasSizeGreaterThan(ragged.transformer()
                        .model()
                        .weights()
                        .layers()
                        .get(1)
                        .heads()
                        .size());
        TokenBatch one = ragged.transformer().encode(List.of("a", "b", "a"));
        LabelledTable heads = new PatchSweep(ragged.transformer(), one, one, logits -> 7).byHead(HookKind.Z);
        assertThat(heads.find(0, 1)).hasValue(7);
        assertThat(heads.find(1, heads.columns().size() - 1)).isEmpty();
        assertThat(heads.csv()).contains("layer/head,0,1", "\n1,7.0,");
    }

    @Test
    void aSingleLookOfAPatternIsPatchedAlone() {
        TokenBatch longer = model.encode(List.of(1, 1, 3));
        TokenBatch other = model.encode(List.of(2, 1, 1));
        var square = new PatchSweep(model, longer, other, logits -> logits.get(0, 1, 2));
        List<LabelledTable> tables = square.byQueryAndKey(HookKind.PATTERN);
        ActivationCache from = model.runWithCache(longer).cache();

        assertThat(tables).hasSize(4);
        assertThat(tables.get(3).title()).isEqualTo("pattern of head 3.0");
        Tensor logits = model.runWithHooks(
                other,
                HookAssignment.of(
                        HookName.pattern(3),
                        Hook.replace(
                                (pattern, point) -> pattern.with(from.pattern(3).get(0, 0, 1, 3), 0, 0, 1, 3))));
        assertThat(tables.get(3).get(1, 3)).isEqualTo(logits.get(0, 1, 2));
    }

    @Test
    void anotherTokenIsAnotherInput() {
        LabelledTable table = sweep.byToken(com.google.common.collect.ImmutableMap.of(2, Value.of(3), 1, Value.of(2)));

        assertThat(table.columns()).containsExactly("3", "2");
        assertThat(table.get(4, 0)).isCloseTo(1, within(1e-6));
        assertThat(table.get(4, 1)).isCloseTo(-1, within(1e-6));
        assertThat(table.get(1, 0))
                .as("the first token is not what the first answer reads")
                .isCloseTo(-1, within(1e-6));
    }

    @Test
    void everythingAtOnceLeavesTheModelAsItWas() {
        Tensor before = model.forward(corrupted);
        assertThat(sweep.every())
                .extracting(LabelledTable::title)
                .containsExactly(
                        "resid_pre", "attn_out", "resid_mid", "mlp_out", "q", "k", "v", "z", "result", "pattern");

        assertThat(model.forward(corrupted)).isEqualTo(before);
        assertThat(model.hooks().size()).isZero();
    }

    /** Outside the blocks there is no layer to begin at: the whole is run. */
    @Test
    void whatIsEmbeddedIsPatchedInAWholeRun() {
        Tensor embedded = model.runWithCache(clean).cache().get("embed");
        Tensor logits = sweep.run(new PatchSweep.Patch(HookName.embed(), Hook.replaceWith(embedded)));
        assertThat(logits).isEqualTo(model.forward(clean));
    }

    /** Each look of each row of a batch is put in place, and nothing else. */
    @Test
    void looksOfABatchArePatchedInEachRow() {
        HookedTransformer random = HookedTransformer.load(RandomModels.plain(3, AttentionDirection.BIDIRECTIONAL));
        TokenBatch two = random.encodeBatch(List.of(List.of("a", "b"), List.of("c", "d")));
        TokenBatch others = random.encodeBatch(List.of(List.of("d", "a"), List.of("b", "b")));
        ActivationCache from = random.runWithCache(two).cache();
        var tables = new PatchSweep(random, two, others, logits -> logits.get(0, 1, 0) + 3 * logits.get(1, 2, 1))
                .byQueryAndKey(HookKind.PATTERN);
        for (int query = 0; query < 3; query++) {
            int q = query;
            Tensor logits = random.runWithHooks(
                    others,
                    HookAssignment.of(
                            HookName.pattern(0),
                            Hook.replace((pattern, point) -> pattern.with(
                                            from.pattern(0).get(0, 1, q, 2), 0, 1, q, 2)
                                    .with(from.pattern(0).get(1, 1, q, 2), 1, 1, q, 2))));
            assertThat(tables.get(1).get(query, 2)).isEqualTo(logits.get(0, 1, 0) + 3 * logits.get(1, 2, 1));
        }
    }

    private static void refused(String message, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE))
                .hasMessage(message);
    }

    @Test
    void whatCannotBePatchedIsSaid() {
        refused("mlp_out has no head in each layer", () -> sweep.byHead(HookKind.MLP_OUT));
        refused("mlp_out has no head in each layer", () -> sweep.byHeadAndPosition(HookKind.MLP_OUT));
        refused("z has no query and no key in each layer", () -> sweep.byQueryAndKey(HookKind.Z));
        refused("embed has no pos in each layer", () -> sweep.byPosition(HookKind.EMBED));
        refused("pattern has no pos in each layer", () -> sweep.byPosition(HookKind.PATTERN));
        refused("ln1.normalized has no pos in each layer", () -> sweep.byPosition(HookKind.LN1_NORMALIZED));
        assertThatThrownBy(() -> new PatchSweep(model, clean, model.encode(List.of(1)), logits -> 0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("5 positions");
    }
}
