package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.MemoryBudget;
import io.rasplens.runtime.tensor.SparseRows;
import io.rasplens.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The residual stream as the sum of what was added to it. All of it is exact: the parts add up to the stream, to the last bits.
 */
final class Decomposition {
    private final ActivationCache cache;
    private final TransformerConfig config;

    Decomposition(ActivationCache cache) {
        this.cache = cache;
        this.config = cache.config();
    }

    /** Collects labelled parts. */
    private static final class Parts {
        private final List<String> labels = new ArrayList<>();
        private final List<Tensor> tensors = new ArrayList<>();

        void add(String label, Tensor tensor) {
            labels.add(label);
            tensors.add(tensor);
        }

        ComponentStack stack() {
            return ComponentStack.of("component", labels, tensors);
        }
    }

    ComponentStack accumulated(boolean middle) {
        var parts = new Parts();
        for (int layer = 0; layer < config.nLayers(); layer++) {
            parts.add(layer + "_pre", cache.get(HookName.residPre(layer)));
            if (middle) {
                parts.add(layer + "_mid", cache.get(HookName.residMid(layer)));
            }
        }
        parts.add("final_post", last());
        return parts.stack();
    }

    ComponentStack sublayers(int layer) {
        int before = before(layer);
        var parts = new Parts();
        addEmbeddings(parts);
        for (int l = 0; l < before; l++) {
            parts.add(l + "_attn_out", cache.get(HookName.attnOut(l)));
            parts.add(l + "_mlp_out", cache.get(HookName.mlpOut(l)));
        }
        return parts.stack();
    }

    ComponentStack heads(int layer) {
        int before = before(layer);
        budget("the results of all heads", (long) before * config.nHeads() * rows() * config.dModel());
        var parts = new Parts();
        addHeads(parts, before);
        return parts.stack();
    }

    ComponentStack full(int layer) {
        int before = before(layer);
        long parallel = (long) config.nHeads() + config.dMlp();
        budget("the full decomposition", (3 + before * parallel) * rows() * config.dModel());
        var parts = new Parts();
        addHeads(parts, before);
        for (int l = 0; l < before; l++) {
            Tensor results = neuronResults(l);
            for (int n = 0; n < config.dMlp(); n++) {
                parts.add("L" + l + "N" + n, results.slice(2, n));
            }
        }
        addEmbeddings(parts);
        parts.add("bias", bias(before));
        return parts.stack();
    }

    /** {@code [batch, pos, head, d_model]}, from the cache or from z·W_O. */
    Tensor headResults(int layer) {
        HookName name = HookName.result(layer);
        if (cache.has(name)) {
            return cache.get(name);
        }
        Tensor z = cache.get(HookName.z(layer));
        ImmutableList<Axis> axes = axes(HookKind.RESULT);
        budget(name.text(), Tensor.length(axes));
        double[] all = z.toArray();
        double[] out = new double[Math.toIntExact(Tensor.length(axes))];
        List<HeadWeights> heads = weights(layer).heads();
        SparseRows rows = SparseRows.of(all, config.dHead(), 0, rows() * config.nHeads());
        for (int head = 0; head < heads.size(); head++) {
            SparseRows wO = SparseRows.of(heads.get(head).wO().csc());
            for (int row = head; row < rows.rows(); row += config.nHeads()) {
                SparseRows.addProduct(rows, row, wO, out, row * config.dModel());
            }
        }
        return Tensor.adopt(out, axes);
    }

    /** {@code [batch, pos, d_mlp, d_model]}: each unit's activation times its row of W_out. */
    Tensor neuronResults(int layer) {
        Tensor post = cache.get(HookName.post(layer));
        var axes = ImmutableList.<Axis>builder()
                .addAll(post.axes())
                .add(new Axis("d_model", config.dModel()))
                .build();
        budget("the results of layer " + layer + "'s neurons", Tensor.length(axes));
        double[] out = new double[Math.toIntExact(Tensor.length(axes))];
        SparseRows wOut = SparseRows.of(weights(layer).mlp().wOut().csc());
        for (int i = 0; i < post.length(); i++) {
            int neuron = i % config.dMlp();
            if (neuron < wOut.rows() && post.at(i) != 0) {
                wOut.addRow(neuron, post.at(i), out, i * config.dModel());
            }
        }
        return Tensor.adopt(out, axes);
    }

    private void addEmbeddings(Parts parts) {
        parts.add("embed", cache.get(HookName.embed()));
        parts.add("pos_embed", cache.get(HookName.posEmbed()));
    }

    private void addHeads(Parts parts, int before) {
        for (int l = 0; l < before; l++) {
            Tensor results = headResults(l);
            for (int h = 0; h < config.nHeads(); h++) {
                parts.add("L" + l + "H" + h, results.slice(2, h));
            }
        }
    }

    private Tensor bias(int before) {
        var sum = new double[config.dModel()];
        for (int l = 0; l < before; l++) {
            add(sum, weights(l).bO());
            add(sum, weights(l).mlp().bOut());
        }
        ImmutableList<Axis> axes = axes(HookKind.RESID_PRE);
        double[] repeated = new double[Math.toIntExact(Tensor.length(axes))];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = sum[i % sum.length];
        }
        return Tensor.adopt(repeated, axes);
    }

    private static void add(double[] sum, ImmutableDoubleArray term) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += term.get(i);
        }
    }

    /** The stream at the end. */
    private Tensor last() {
        return config.nLayers() == 0
                ? cache.get(HookName.embed()).plus(cache.get(HookName.posEmbed()))
                : cache.get(HookName.residPost(config.nLayers() - 1));
    }

    private int before(int layer) {
        int before = layer < 0 ? layer + config.nLayers() : layer;
        if (before < 0 || before > config.nLayers()) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE,
                    "there is no layer " + layer + ": the model has " + config.nLayers() + ", counted from 0",
                    "layers count from 0, or back from the last, which is -1");
        }
        return before;
    }

    private LayerWeights weights(int layer) {
        return cache.model().weights().layers().get(layer);
    }

    private int rows() {
        return cache.tokens().size() * cache.tokens().positions();
    }

    private ImmutableList<Axis> axes(HookKind kind) {
        return kind.axes(config, cache.tokens().size(), cache.tokens().positions());
    }

    private static void budget(String what, long numbers) {
        MemoryBudget.require(what, numbers, numbers);
    }
}
