package io.rasplens.runtime.analysis.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.FactoredMatrix;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.Via;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Circuits of models so little that one can say what is in them. */
class LittleCircuitTest {
    private static final CompiledModel RANDOM = RandomModels.plain(5, AttentionDirection.BIDIRECTIONAL);

    @Test
    void theEdgesThatMatterAreFoundAndNoOther() {
        CompiledProgram before = CompiledProgram.text("""
                #@ vocab ["a", "b", "c"]
                #@ max_length 4
                before = aggregate(select(indices, indices - 1, ==), tokens, "-");
                """, 1);

        assertThat(DiscoverEdges.discover(before.transformer(), before.inputs(120), 1))
                .containsExactlyInAnyOrder(
                        new Edge(Component.EMBED, Component.head(0, 0), Via.V),
                        new Edge(Component.head(0, 0), Component.UNEMBED, Via.LOGITS));
        assertThatThrownBy(() -> DiscoverEdges.discover(before.transformer(), List.of(), 1))
                .isInstanceOf(EngineException.class);
    }

    /** The experiment sees what is needed, the weights also what is there. */
    @Test
    void whatMattersIsInTheWeights() {
        CompiledProgram before = CompiledProgram.text("""
                #@ vocab ["a", "b", "c"]
                #@ max_length 4
                before = aggregate(select(indices, indices - 1, ==), tokens, "-");
                """, 1);
        assertThat(CircuitGraph.of(before.transformer().model()).edges())
                .contains(
                        new Edge(Component.EMBED, Component.head(0, 0), Via.V),
                        new Edge(Component.POS_EMBED, Component.head(0, 0), Via.Q),
                        new Edge(Component.POS_EMBED, Component.head(0, 0), Via.K),
                        new Edge(Component.head(0, 0), Component.UNEMBED, Via.LOGITS))
                .doesNotContain(
                        new Edge(Component.EMBED, Component.UNEMBED, Via.LOGITS),
                        new Edge(Component.POS_EMBED, Component.head(0, 0), Via.V),
                        new Edge(Component.POS_EMBED, Component.UNEMBED, Via.LOGITS));
    }

    private static boolean reads(WeightMatrix matrix, int dimension) {
        for (int column = 0; column < matrix.columns(); column++) {
            if (matrix.get(dimension, column) != 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean writes(WeightMatrix matrix, int dimension) {
        for (int row = 0; row < matrix.rows(); row++) {
            if (matrix.get(row, dimension) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Who writes a dimension has a weight other than 0 in its column, who reads it one in its row. */
    @Test
    void dimensionsAreUsedAsTheWeightsSay() {
        ImmutableList<DirectionUse> uses = DirectionUse.of(RANDOM);
        assertThat(uses).hasSize(RandomModels.D_MODEL);
        for (int d = 0; d < uses.size(); d++) {
            DirectionUse use = uses.get(d);
            assertThat(use.writers()).doesNotHaveDuplicates();
            assertThat(use.writers().contains(Component.EMBED))
                    .isEqualTo(writes(RANDOM.weights().embed(), d));
            assertThat(use.writers().contains(Component.POS_EMBED))
                    .isEqualTo(writes(RANDOM.weights().posEmbed(), d));
            assertThat(use.readers().contains(new DirectionUse.Reader(Component.UNEMBED, Via.LOGITS)))
                    .isEqualTo(reads(RANDOM.weights().unembed(), d));
            for (int layer = 0; layer < 2; layer++) {
                var weights = RANDOM.weights().layers().get(layer);
                assertThat(use.readers().contains(new DirectionUse.Reader(Component.mlp(layer), Via.MLP)))
                        .isEqualTo(reads(weights.mlp().wIn(), d));
                HeadWeights first = weights.heads().get(0);
                Component head = Component.head(layer, 0);
                assertThat(use.writers().contains(head)).isEqualTo(writes(first.wO(), d));
                assertThat(use.readers().contains(new DirectionUse.Reader(head, Via.V)))
                        .isEqualTo(reads(first.wV(), d));
            }
        }
        assertThat(uses.stream().flatMap(use -> use.writers().stream()))
                .doesNotContain(Component.UNEMBED)
                .contains(Component.mlp(1));
    }

    private static FactoredMatrix factors(double[][] left, double[][] right) {
        return FactoredMatrix.of(new DMatrixRMaj(left), new DMatrixRMaj(right));
    }

    /** One term of a matrix of rank one; its directions by weight, without those of no weight, as many as one asks for. */
    @Test
    void singularDirectionsAreThoseOfWeight() {
        double[][] left = {{1, 0}, {0, 0}, {-3, 0}, {0, 0}, {1e-12, 0}, {2, 0}};
        double[][] right = {{2, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}};
        ImmutableList<SingularDirection> terms = SingularDirection.of(factors(left, right), RANDOM, 5);

        assertThat(terms).hasSize(1);
        assertThat(terms.get(0).value()).isCloseTo(2 * Math.sqrt(14), within(1e-12));
        assertThat(terms.get(0).left())
                .extracting(SingularDirection.Weight::direction)
                .containsExactly("dim 2", "dim 5", "dim 0");
        assertThat(Math.abs(terms.get(0).left().get(1).weight())).isCloseTo(2 / Math.sqrt(14), within(1e-12));
        assertThat(terms.get(0).right())
                .extracting(SingularDirection.Weight::direction)
                .containsExactly("dim 0");
        assertThat(SingularDirection.of(factors(left, right), RANDOM, 2).get(0).left())
                .hasSize(2);
        HeadWeights empty = RANDOM.weights().layers().get(1).heads().get(1);
        assertThat(SingularDirection.of(FactoredMatrix.qk(empty), RANDOM, 2)).isEmpty();
    }

    /** What a head writes, through each of the three ways in which a later one reads. */
    @Test
    void headsComposeThroughTheirReaders() {
        for (Via via : List.of(Via.Q, Via.K, Via.V)) {
            LabelledTable table = Composition.scores(RANDOM, via);
            assertThat(table.rows()).containsExactly("0.0", "0.1", "0.2", "1.0", "1.1");
            assertThat(table.columns()).isEqualTo(table.rows());
            for (int writer = 0; writer < 3; writer++) {
                HeadWeights from = RANDOM.weights().layers().get(0).heads().get(writer);
                HeadWeights to = RANDOM.weights().layers().get(1).heads().get(0);
                FactoredMatrix read = switch (via) {
                    case Q -> FactoredMatrix.qk(to);
                    case K -> FactoredMatrix.qk(to).transpose();
                    default -> FactoredMatrix.ov(to);
                };
                assertThat(table.get(writer, 3))
                        .isEqualTo(FactoredMatrix.ov(from).composition(read))
                        .isPositive();
            }
        }
    }

    @Test
    void edgesNameTheirEnds() {
        assertThat(new Edge(Component.EMBED, Component.head(1, 2), Via.K))
                .hasToString("embed -> blocks.1.attn.head.2 (k)");
        CompiledModel normed = RandomModels.of(5, AttentionDirection.BIDIRECTIONAL, Normalization.RMS, Activation.GELU);
        assertThatThrownBy(() -> Edge.requireNoFinalNorm(normed)).isInstanceOf(EngineException.class);
        Edge.requireNoFinalNorm(RANDOM);
        assertThat(Component.EMBED.reads()).isFalse();
        assertThat(Component.POS_EMBED.reads()).isFalse();
        assertThat(Component.mlp(0).reads()).isTrue();
        assertThat(Component.UNEMBED.writes()).isFalse();
        assertThat(Component.head(0, 0).writes()).isTrue();
    }
}
