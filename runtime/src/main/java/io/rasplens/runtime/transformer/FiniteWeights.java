package io.rasplens.runtime.transformer;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.Optional;
import org.ejml.data.DMatrixSparseCSC;

/** Refuses weights that are infinite or NaN, by name and place: every answer would be a matter of chance. */
final class FiniteWeights {
    private final Weights weights;

    FiniteWeights(Weights weights) {
        this.weights = weights;
    }

    void check() {
        matrix("embed.W_E", weights.embed());
        matrix("pos_embed.W_pos", weights.posEmbed());
        for (int layer = 0; layer < weights.layers().size(); layer++) {
            layer("blocks." + layer + ".", weights.layers().get(layer));
        }
        norm("ln_final", weights.lnFinal());
        matrix("unembed.W_U", weights.unembed());
        vector("unembed.b_U", weights.unembedBias());
    }

    private static void layer(String prefix, LayerWeights layer) {
        for (int h = 0; h < layer.heads().size(); h++) {
            HeadWeights head = layer.heads().get(h);
            String of = " of head " + h;
            matrix(prefix + "attn.W_Q" + of, head.wQ());
            vector(prefix + "attn.b_Q" + of, head.bQ());
            matrix(prefix + "attn.W_K" + of, head.wK());
            vector(prefix + "attn.b_K" + of, head.bK());
            matrix(prefix + "attn.W_V" + of, head.wV());
            vector(prefix + "attn.b_V" + of, head.bV());
            matrix(prefix + "attn.W_O" + of, head.wO());
        }
        vector(prefix + "attn.b_O", layer.bO());
        matrix(prefix + "mlp.W_in", layer.mlp().wIn());
        vector(prefix + "mlp.b_in", layer.mlp().bIn());
        matrix(prefix + "mlp.W_out", layer.mlp().wOut());
        vector(prefix + "mlp.b_out", layer.mlp().bOut());
        norm(prefix + "ln1", layer.ln1());
        norm(prefix + "ln2", layer.ln2());
    }

    private static void norm(String name, Optional<NormWeights> norm) {
        norm.ifPresent(weights -> {
            vector(name + ".w", weights.w());
            vector(name + ".b", weights.b());
        });
    }

    private static void matrix(String name, WeightMatrix matrix) {
        DMatrixSparseCSC csc = matrix.csc();
        for (int column = 0; column < csc.numCols; column++) {
            for (int n = csc.col_idx[column]; n < csc.col_idx[column + 1]; n++) {
                number(name, csc.nz_rows[n] + ", " + column, csc.nz_values[n]);
            }
        }
    }

    private static void vector(String name, ImmutableDoubleArray vector) {
        for (int i = 0; i < vector.length(); i++) {
            number(name, Integer.toString(i), vector.get(i));
        }
    }

    private static void number(String name, String place, double number) {
        if (!Double.isFinite(number)) {
            throw new EngineException(
                    EngineCode.NOT_FINITE,
                    "the weight " + name + " is " + number + " at [" + place + "]",
                    "a model runs on finite numbers only; convert or train it anew");
        }
    }
}
