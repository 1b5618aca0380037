package io.rasplens.runtime.analysis.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.FactoredMatrix;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.Via;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadCircuitsTest {
    private final CompiledProgram reverse = CompiledProgram.example("reverse", 0);
    private final CompiledModel model = reverse.transformer().model();

    private HeadWeights head(int layer) {
        return model.weights().layers().get(layer).heads().get(0);
    }

    @Test
    void allPairsHaveTheirScoreAndNonePointsBackwards() {
        for (Via via : List.of(Via.Q, Via.K, Via.V)) {
            LabelledTable table = Composition.scores(model, via);
            FactoredMatrix reads = via == Via.V ? FactoredMatrix.ov(head(3)) : FactoredMatrix.qk(head(3));
            double expected = FactoredMatrix.ov(head(0)).composition(via == Via.K ? reads.transpose() : reads);

            assertThat(table.get(0, table.columns().size() - 1)).isEqualTo(expected);
            assertThat(table.find(0, 0)).isEmpty();
            assertThat(table.find(table.rows().size() - 1, 0)).isEmpty();
        }
        assertThatThrownBy(() -> Composition.scores(model, Via.MLP)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSingularDirectionsOfACopyingHeadReadTokensAndWriteTheAnswer() {
        ImmutableList<SingularDirection> terms = SingularDirection.of(FactoredMatrix.ov(head(3)), model, 3);

        assertThat(terms).hasSize(3);
        assertThat(terms.get(0).left())
                .allSatisfy(weight -> assertThat(weight.direction()).startsWith("tokens"));
        assertThat(terms.get(0).right())
                .allSatisfy(weight -> assertThat(weight.direction()).startsWith("reverse="));
    }

    @Test
    void theHeadThatDoesASelectorIsDetected() {
        ImmutableMap.Builder<String, Selector> selectors = ImmutableMap.builder();
        NeededNodes.of(List.of(reverse.program().output())).stream()
                .filter(Selector.class::isInstance)
                .forEach(node -> selectors.put(reverse.program().nameOf(node).orElse("all"), (Selector) node));
        LabelledTable table =
                HeadDetection.scores(reverse.transformer(), selectors.buildOrThrow(), false, reverse.inputs(40));
        int mirror = table.columns().indexOf("mirror");
        int everything = 1 - mirror;

        assertThat(table.columns()).hasSize(2);
        assertThat(table.get(table.rows().indexOf("3.0"), mirror)).isCloseTo(1, within(1e-3));
        assertThat(table.get(0, everything)).isCloseTo(1, within(1e-3));
        assertThat(table.get(0, mirror)).isLessThan(0.9);
    }

    /** What a head's attention and a selector's keys have in common, over the queries that select any. */
    @Test
    void closenessIsWhatTwoDistributionsShare() {
        CompiledProgram before = CompiledProgram.text("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                s = select(indices, indices - 1, ==);
                t = select(tokens, tokens, ==);
                y = aggregate(s, tokens, "-");
                z = selector_width(t) if y == "a" else 0;
                """, 0);
        HookedTransformer model = before.transformer();
        ImmutableList<Value> input = ImmutableList.of(Value.of("a"), Value.of("b"), Value.of("a"), Value.of("a"));
        Selector previous = NeededNodes.of(List.of(before.program().output())).stream()
                .filter(Selector.class::isInstance)
                .map(Selector.class::cast)
                .filter(selector -> before.program().nameOf(selector).equals(Optional.of("s")))
                .findFirst()
                .orElseThrow();
        LabelledTable table = HeadDetection.scores(model, ImmutableMap.of("s", previous), false, List.of(input));

        for (int row = 0; row < table.rows().size(); row++) {
            String[] head = table.rows().get(row).split("\\.", 2);
            Tensor pattern = model.runWithCache(input).cache().pattern(Integer.parseInt(head[0]));
            double sum = 0;
            for (int query = 1; query < 4; query++) {
                double all = 0;
                for (int key = 0; key < 4; key++) {
                    all += pattern.get(0, Integer.parseInt(head[1]), query + 1, key + 1);
                }
                sum += pattern.get(0, Integer.parseInt(head[1]), query + 1, query) / all;
            }
            assertThat(table.get(row, 0)).as(table.rows().get(row)).isCloseTo(sum / 3, within(1e-9));
        }
    }

    @Test
    void theDifferenceOfTwoAnswersAddsUp() {
        ActivationCache cache =
                reverse.transformer().runWithCache(List.of(1, 2, 3)).cache();
        LabelledTable table = AnswerAttribution.difference(cache, cache.decomposeResid(), Value.of(3), Value.of(1), 0);
        Tensor logits = cache.logits();

        for (int position = 0; position < 4; position++) {
            double sum = 0;
            for (int row = 0; row < table.rows().size(); row++) {
                sum += table.get(row, position);
            }
            assertThat(sum).isCloseTo(logits.get(0, position, 2) - logits.get(0, position, 0), within(1e-9));
        }
        assertThatThrownBy(
                        () -> AnswerAttribution.difference(cache, cache.decomposeResid(), Value.of(3), Value.of(1), 1))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(
                        () -> AnswerAttribution.difference(cache, cache.decomposeResid(), Value.of(9), Value.of(1), 0))
                .isInstanceOf(EngineException.class);
    }
}
