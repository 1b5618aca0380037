package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.FactoredMatrix;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.Via;
import java.util.HashMap;
import java.util.Map;

/** How much of what one head writes another one reads, for all pairs of a model (Elhage et al. 2021). */
public final class Composition {
    private Composition() {}

    /**
     * The scores through one of a head's inputs: ‖OV · QK‖ / (‖OV‖ · ‖QK‖) for the query, with QKᵀ for the key, with OV for the value.
     *
     * @param via {@code Q}, {@code K} or {@code V}
     * @return writers down, readers across, {@code 1.0} the first head of layer 1; 0 for heads that do nothing, absent where the
     *     reader doesn't come behind the writer
     */
    public static LabelledTable scores(CompiledModel model, Via via) {
        if (via == Via.MLP || via == Via.LOGITS) {
            throw new IllegalArgumentException("heads compose through q, k and v");
        }
        ImmutableList<Component> heads = Component.all(model).stream()
                .filter(component -> component.kind() == Component.ComponentKind.HEAD)
                .collect(ImmutableList.toImmutableList());
        Map<Component, FactoredMatrix> writes = new HashMap<>();
        Map<Component, FactoredMatrix> reads = new HashMap<>();
        for (Component head : heads) {
            HeadWeights weights =
                    model.weights().layers().get(head.layer()).heads().get(head.head());
            writes.put(head, FactoredMatrix.ov(weights));
            FactoredMatrix read = via == Via.V ? FactoredMatrix.ov(weights) : FactoredMatrix.qk(weights);
            reads.put(head, via == Via.K ? read.transpose() : read);
        }
        ImmutableList<String> labels =
                heads.stream().map(head -> head.layer() + "." + head.head()).collect(ImmutableList.toImmutableList());
        return LabelledTable.of(via.word() + "-composition", "writer", labels, "reader", labels, (row, column) -> {
            Component writer = heads.get(row);
            Component reader = heads.get(column);
            return writer.before(reader)
                    ? java.util.Objects.requireNonNull(writes.get(writer))
                            .composition(java.util.Objects.requireNonNull(reads.get(reader)))
                    : Double.NaN;
        });
    }
}
