package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.store.safetensors.ElementSink;
import io.rasplens.runtime.store.safetensors.TensorSource;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Sparse, ragged weights as the rectangular tensors of a file; one matrix at a time is turned, none is made dense. */
final class WeightTensors {
    private final WeightLayout layout;
    private final ImmutableMap<String, ImmutableLongArray> shapes;
    private final ImmutableList.Builder<TensorSource> out = ImmutableList.builder();

    private WeightTensors(WeightLayout layout) {
        this.layout = layout;
        this.shapes = layout.shapes();
    }

    static ImmutableList<TensorSource> of(Weights weights, WeightLayout layout) {
        var tensors = new WeightTensors(layout);
        tensors.addAll(weights);
        return tensors.out.build();
    }

    private void addAll(Weights weights) {
        matrix("embed.W_E", weights.embed());
        matrix("pos_embed.W_pos", weights.posEmbed());
        for (int i = 0; i < layout.layers(); i++) {
            addLayer("blocks." + i + ".", weights.layers().get(i));
        }
        norm("ln_final.", weights.lnFinal());
        matrix("unembed.W_U", weights.unembed());
        vector("unembed.b_U", weights.unembedBias());
    }

    private void addLayer(String prefix, LayerWeights layer) {
        norm(prefix + "ln1.", layer.ln1());
        heads(prefix + "attn.W_Q", layer, HeadWeights::wQ);
        headBiases(prefix + "attn.b_Q", layer, HeadWeights::bQ);
        heads(prefix + "attn.W_K", layer, HeadWeights::wK);
        headBiases(prefix + "attn.b_K", layer, HeadWeights::bK);
        heads(prefix + "attn.W_V", layer, HeadWeights::wV);
        headBiases(prefix + "attn.b_V", layer, HeadWeights::bV);
        heads(prefix + "attn.W_O", layer, HeadWeights::wO);
        vector(prefix + "attn.b_O", layer.bO());
        if (!layout.mlps()) {
            return;
        }
        norm(prefix + "ln2.", layer.ln2());
        matrix(prefix + "mlp.W_in", layer.mlp().wIn());
        vector(prefix + "mlp.b_in", layer.mlp().bIn());
        matrix(prefix + "mlp.W_out", layer.mlp().wOut());
        vector(prefix + "mlp.b_out", layer.mlp().bOut());
    }

    private void matrix(String name, WeightMatrix matrix) {
        int height = axis(name, 0);
        int width = axis(name, 1);
        add(name, sink -> TransposedRows.of(matrix).writeTo(sink, height, width));
    }

    private void heads(String name, LayerWeights layer, Function<HeadWeights, WeightMatrix> part) {
        int height = axis(name, 1);
        int width = axis(name, 2);
        add(name, sink -> {
            for (HeadWeights head : layer.heads()) {
                TransposedRows.of(part.apply(head)).writeTo(sink, height, width);
            }
            sink.zeros((long) (layout.heads() - layer.heads().size()) * height * width);
        });
    }

    private void headBiases(String name, LayerWeights layer, Function<HeadWeights, ImmutableDoubleArray> part) {
        add(name, sink -> {
            for (HeadWeights head : layer.heads()) {
                write(part.apply(head), sink, layout.dHead());
            }
            sink.zeros((long) (layout.heads() - layer.heads().size()) * layout.dHead());
        });
    }

    private void vector(String name, ImmutableDoubleArray values) {
        int width = axis(name, 0);
        add(name, sink -> write(values, sink, width));
    }

    private void norm(String prefix, Optional<NormWeights> norm) {
        if (layout.hasNormWeights()) {
            vector(prefix + "w", norm.orElseThrow().w());
        }
        if (layout.hasNormBias()) {
            vector(prefix + "b", norm.orElseThrow().b());
        }
    }

    private static void write(ImmutableDoubleArray values, ElementSink sink, int width) throws IOException {
        for (int i = 0; i < values.length(); i++) {
            sink.add(values.get(i));
        }
        sink.zeros(width - values.length());
    }

    private int axis(String name, int index) {
        return (int) shape(name).get(index);
    }

    private ImmutableLongArray shape(String name) {
        ImmutableLongArray shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalStateException("no shape for " + name);
        }
        return shape;
    }

    private void add(String name, TensorSource.Elements elements) {
        out.add(new TensorSource(name, shape(name), elements));
    }
}
