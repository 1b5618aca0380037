package io.rasplens.runtime.analysis.circuit;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Via;
import java.util.BitSet;
import org.ejml.data.DMatrixSparseCSC;

/** The residual dimensions that a part's weights can write, or read so that it makes a difference to what the part does. */
final class WeightReach {
    private final CompiledModel model;

    WeightReach(CompiledModel model) {
        this.model = model;
    }

    BitSet written(Component component) {
        return switch (component.kind()) {
            case EMBED ->
                columns(model.weights().embed(), all(model.weights().embed().rows()));
            case POS_EMBED ->
                columns(
                        model.weights().posEmbed(),
                        all(model.weights().posEmbed().rows()));
            case HEAD -> {
                HeadWeights head = head(component);
                yield columns(head.wO(), alive(head.wV(), head.bV()));
            }
            case MLP -> {
                MlpWeights mlp = model.weights().layers().get(component.layer()).mlp();
                BitSet out = columns(mlp.wOut(), alive(mlp.wIn(), mlp.bIn()));
                out.or(nonZero(mlp.bOut()));
                yield out;
            }
            case UNEMBED -> new BitSet();
        };
    }

    BitSet read(Component component, Via via) {
        return switch (via) {
            case Q ->
                rows(
                        head(component).wQ(),
                        alive(head(component).wK(), head(component).bK()));
            case K ->
                rows(
                        head(component).wK(),
                        alive(head(component).wQ(), head(component).bQ()));
            case V ->
                rows(
                        head(component).wV(),
                        rows(head(component).wO(), all(model.config().dModel())));
            case MLP -> {
                MlpWeights mlp = model.weights().layers().get(component.layer()).mlp();
                yield rows(mlp.wIn(), rows(mlp.wOut(), all(model.config().dModel())));
            }
            case LOGITS -> rows(model.weights().unembed(), all(model.config().dVocabOut()));
        };
    }

    private HeadWeights head(Component component) {
        return model.weights().layers().get(component.layer()).heads().get(component.head());
    }

    /** The columns of a reader that are not always 0. */
    private static BitSet alive(WeightMatrix in, ImmutableDoubleArray bias) {
        BitSet alive = columns(in, all(in.rows()));
        alive.or(nonZero(bias));
        return alive;
    }

    private static BitSet nonZero(ImmutableDoubleArray bias) {
        var set = new BitSet();
        for (int i = 0; i < bias.length(); i++) {
            set.set(i, bias.get(i) != 0);
        }
        return set;
    }

    private static BitSet all(int count) {
        var set = new BitSet();
        set.set(0, count);
        return set;
    }

    /** Columns with an entry in one of these rows. */
    private static BitSet columns(WeightMatrix matrix, BitSet rows) {
        var set = new BitSet();
        DMatrixSparseCSC csc = matrix.csc();
        for (int column = 0; column < matrix.columns(); column++) {
            for (int i = csc.col_idx[column]; i < csc.col_idx[column + 1]; i++) {
                if (rows.get(csc.nz_rows[i])) {
                    set.set(column);
                }
            }
        }
        return set;
    }

    /** Rows with an entry in one of these columns. */
    private static BitSet rows(WeightMatrix matrix, BitSet columns) {
        var set = new BitSet();
        DMatrixSparseCSC csc = matrix.csc();
        columns.stream().filter(column -> column < matrix.columns()).forEach(column -> {
            for (int i = csc.col_idx[column]; i < csc.col_idx[column + 1]; i++) {
                set.set(csc.nz_rows[i]);
            }
        });
        return set;
    }
}
