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
import java.util.List;
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
