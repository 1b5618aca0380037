package io.rasplens.runtime.analysis.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.Via;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every edge against the weights: the product of what one writes with and the other reads with is not zero, and only then. */
class CircuitGraphTest {
    @TestFactory
    Stream<DynamicTest> everyEdgeIsInTheWeights() throws IOException {
        return CompiledProgram.examples().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> check(
                                CompiledProgram.example(name, 1).transformer().model())));
    }

    private static void check(CompiledModel model) {
        CircuitGraph graph = CircuitGraph.of(model);
        ImmutableSet<Edge> edges = graph.edges();
        for (Edge edge : Edge.all(model)) {
            Set<String> shared = new HashSet<>();
            DMatrixRMaj out = written(model, edge.from());
            DMatrixRMaj in = read(model, edge.to(), edge.via());
            for (int d = 0; d < model.config().dModel(); d++) {
                if (column(out, d) > 0 && row(in, d) > 0) {
                    shared.add(model.labels().get(d).text());
                }
            }
            assertThat(edges.contains(edge)).as(edge.toString()).isEqualTo(!shared.isEmpty());
            graph.links().stream()
                    .filter(link -> link.edge().equals(edge))
                    .forEach(link -> assertThat(Set.copyOf(link.directions())).isEqualTo(shared));
        }
        assertThat(graph.nodes())
                .extracting(CircuitGraph.CircuitNode::component)
                .isEqualTo(Component.all(model));
    }

    private static DMatrixRMaj written(CompiledModel model, Component from) {
        LayerWeights layer = from.layer() < 0 ? null : model.weights().layers().get(from.layer());
        return switch (from.kind()) {
            case EMBED -> model.weights().embed().toDense();
            case POS_EMBED -> model.weights().posEmbed().toDense();
            case HEAD -> {
                HeadWeights head =
                        java.util.Objects.requireNonNull(layer).heads().get(from.head());
                yield times(
                        withBias(head.wV().toDense(), head.bV().toArray()),
                        head.wO().toDense());
            }
            case MLP -> {
                var mlp = java.util.Objects.requireNonNull(layer).mlp();
                yield times(
                        withBias(mlp.wIn().toDense(), mlp.bIn().toArray()),
                        mlp.wOut().toDense());
            }
            case UNEMBED -> throw new IllegalArgumentException();
        };
    }

    private static DMatrixRMaj read(CompiledModel model, Component to, Via via) {
        if (via == Via.LOGITS) {
            return model.weights().unembed().toDense();
        }
        LayerWeights layer = model.weights().layers().get(to.layer());
        if (via == Via.MLP) {
            return times(layer.mlp().wIn().toDense(), layer.mlp().wOut().toDense());
        }
        HeadWeights head = layer.heads().get(to.head());
        return switch (via) {
            case Q ->
                times(
                        head.wQ().toDense(),
                        CommonOps_DDRM.transpose(
                                withBias(head.wK().toDense(), head.bK().toArray()), null));
            case K ->
                times(
                        head.wK().toDense(),
                        CommonOps_DDRM.transpose(
                                withBias(head.wQ().toDense(), head.bQ().toArray()), null));
            default -> times(head.wV().toDense(), head.wO().toDense());
        };
    }

    /** Magnitudes, so that nothing cancels. */
    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        CommonOps_DDRM.abs(a);
        CommonOps_DDRM.abs(b);
        return CommonOps_DDRM.mult(a, b, null);
    }

    private static DMatrixRMaj withBias(DMatrixRMaj matrix, double[] bias) {
        var all = new DMatrixRMaj(matrix.getNumRows() + 1, matrix.getNumCols());
        CommonOps_DDRM.insert(matrix, all, 0, 0);
        for (int c = 0; c < bias.length; c++) {
            all.set(matrix.getNumRows(), c, bias[c]);
        }
        return all;
    }

    private static double column(DMatrixRMaj matrix, int column) {
        return NormOps_DDRM.normF(CommonOps_DDRM.extract(matrix, 0, matrix.getNumRows(), column, column + 1));
    }

    private static double row(DMatrixRMaj matrix, int row) {
        return NormOps_DDRM.normF(CommonOps_DDRM.extract(matrix, row, row + 1, 0, matrix.getNumCols()));
    }

    @Test
    void saysWhichSopIsReadThroughWhat() {
        CircuitGraph graph =
                CircuitGraph.of(CompiledProgram.text("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                hist = selector_width(select(tokens, tokens, ==));
                same = aggregate(select(hist, 2, ==), tokens, "-");
                """, 0).transformer().model());
        CircuitGraph.CircuitLink key = graph.links().stream()
                .filter(link -> link.edge().to().equals(Component.head(1, 0))
                        && link.edge().via() == Via.K
                        && link.edge().from().kind() == Component.ComponentKind.MLP)
                .findFirst()
                .orElseThrow();

        assertThat(key.sops()).containsExactly("hist");
        assertThat(key.directions()).containsExactly("hist=2");
        assertThat(graph.edges())
                .contains(new Edge(Component.EMBED, Component.head(1, 0), Via.V))
                .doesNotContain(new Edge(Component.POS_EMBED, Component.head(1, 0), Via.V));
        assertThat(List.of(graph.nodes().get(2).sops())).isNotEmpty();
    }
}
