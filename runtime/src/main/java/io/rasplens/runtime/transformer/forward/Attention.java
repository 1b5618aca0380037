package io.rasplens.runtime.transformer.forward;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.ColumnMatrix;
import io.rasplens.runtime.transformer.arithmetic.AttentionRows;
import io.rasplens.runtime.transformer.arithmetic.Columns;
import io.rasplens.runtime.transformer.arithmetic.HeadColumns;
import io.rasplens.runtime.transformer.arithmetic.Linear;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The attention sublayer of one block.
 *
 * <pre>
 * q, k, v = N(resid)·W + b      scores = q·kᵀ / attn_scale, masked      pattern = softmax(scores)
 * z = pattern·v                 attn_out = Σ_heads z·W_O + b_O
 * </pre>
 */
final class Attention {
    private final AttentionPoints at;
    private final Norm norm;
    private final HeadReaders readers;
    private final ImmutableList<ColumnMatrix> outputs;
    private final HeadReaders liveReaders;
    private final ImmutableList<ColumnMatrix> liveOutputs;
    private final double[] outputBias;
    private final int[] written;
    private final int[] all;

    /** The sublayer's hook points, named once. */
    private static final class AttentionPoints {
        private final HookName qInput;
        private final HookName kInput;
        private final HookName vInput;
        private final HookName q;
        private final HookName k;
        private final HookName v;
        private final HookName attnScores;
        private final HookName pattern;
        private final HookName z;
        private final HookName result;
        private final HookName attnOut;

        AttentionPoints(int layer) {
            this.qInput = HookName.qInput(layer);
            this.kInput = HookName.kInput(layer);
            this.vInput = HookName.vInput(layer);
            this.q = HookName.q(layer);
            this.k = HookName.k(layer);
            this.v = HookName.v(layer);
            this.attnScores = HookName.attnScores(layer);
            this.pattern = HookName.pattern(layer);
            this.z = HookName.z(layer);
            this.result = HookName.result(layer);
            this.attnOut = HookName.attnOut(layer);
        }
    }

    Attention(int layer, TransformerConfig config, LayerWeights weights) {
        this.at = new AttentionPoints(layer);
        this.norm = new Norm(config, weights.ln1(), HookName.ln1Scale(layer), HookName.ln1Normalized(layer));
        List<HeadWeights> live = LiveHeads.of(weights.heads());
        this.readers = new HeadReaders(weights.heads());
        this.outputs = outputs(weights.heads());
        this.liveReaders = new HeadReaders(live);
        this.liveOutputs = outputs(live);
        this.outputBias = Linear.denseBias(weights.bO());
        this.written = IntStream.concat(
                        liveOutputs.stream().flatMapToInt(output -> IntStream.of(output.filled())),
                        IntStream.range(0, outputBias.length).filter(column -> outputBias[column] != 0))
                .sorted()
                .distinct()
                .toArray();
        this.all = IntStream.range(0, config.dModel()).toArray();
    }

    private static ImmutableList<ColumnMatrix> outputs(List<HeadWeights> heads) {
        return heads.stream().map(head -> ColumnMatrix.of(head.wO().csc())).collect(ImmutableList.toImmutableList());
    }

    /** The stream before it, {@code [dModel, stride]}, to that after it. */
    double[] addTo(ForwardRun run, double[] resid) {
        return run.watched() ? watched(run, resid) : alone(run, resid);
    }

    /** What nobody looks at: only the heads that write, only the columns that they write to, in place. */
    private double[] alone(ForwardRun run, double[] stream) {
        if (written.length == 0) {
            return stream;
        }
        int stride = run.lanes().stride();
        double[] sum = run.columns(Scratch.SUM, run.config().dModel());
        for (int column : written) {
            Arrays.fill(sum, column * stride, (column + 1) * stride, 0);
        }
        if (!liveOutputs.isEmpty()) {
            double[] x = norm.apply(run, stream).values();
            double[] read = run.columns(Scratch.HEADS, liveReaders.weights().columns());
            liveReaders
                    .weights()
                    .multiply(
                            x,
                            0,
                            liveReaders.bias(),
                            read,
                            0,
                            liveReaders.weights().columns(),
                            stride);
            var q = new HeadColumns(read, liveReaders.queries());
            var k = new HeadColumns(read, liveReaders.keys());
            var v = new HeadColumns(read, liveReaders.values());
            var pattern = new Softmax(run, new AttentionScores(run, q, k));
            double[] z = run.columns(Scratch.MIXED, liveReaders.valueColumns());
            var mix = new Mix(run.lanes(), v, z);
            double[] row = run.array(Scratch.ROW, run.lanes().rows());
            double[] term = run.columns(Scratch.TERM, 1);
            for (int head = 0; head < liveOutputs.size(); head++) {
                mix.head(pattern, head, row);
                liveOutputs.get(head).add(z, v.start(head) - v.start(0), sum, 0, term, stride);
            }
        }
        addBias(sum, stride, written);
        TransformerBlock.add(stream, sum, written, stride);
        return stream;
    }

    private double[] watched(ForwardRun run, double[] resid) {
        int dModel = run.config().dModel();
        int dHead = run.config().dHead();
        int stride = run.lanes().stride();
        Optional<double[]> queryInput = ReaderInputs.offer(run, at.qInput, resid);
        Optional<double[]> keyInput = ReaderInputs.offer(run, at.kInput, resid);
        Optional<double[]> valueInput = ReaderInputs.offer(run, at.vInput, resid);
        Norm.Normalized x = norm.apply(run, resid);
        var read = new double[readers.weights().columns() * stride];

        ReaderInputs.of(run, norm, resid, x, queryInput).multiply(readers, read, readers.queries());
        HeadColumns q = run.hooked(at.q, new HeadColumns(read, readers.queries()), dHead);
        ReaderInputs.of(run, norm, resid, x, keyInput).multiply(readers, read, readers.keys());
        HeadColumns k = run.hooked(at.k, new HeadColumns(read, readers.keys()), dHead);
        ReaderInputs.of(run, norm, resid, x, valueInput).multiply(readers, read, readers.values());
        HeadColumns v = run.hooked(at.v, new HeadColumns(read, readers.values()), dHead);

        AttentionRows scores = run.hooked(at.attnScores, new AttentionScores(run, q, k));
        AttentionRows pattern = run.hooked(at.pattern, new Softmax(run, scores));
        HeadColumns z = run.hooked(at.z, mix(run, pattern, v), dHead);
        Columns out = run.hooked(at.attnOut, new Columns(output(run, z), dModel), dModel);
        return TransformerBlock.sum(resid, out.values());
    }

    /** z = pattern·v */
    private static HeadColumns mix(ForwardRun run, AttentionRows pattern, HeadColumns v) {
        var starts = new int[v.count() + 1];
        for (int head = 0; head < v.count(); head++) {
            starts[head + 1] = starts[head] + v.width(head);
        }
        var z = new double[starts[v.count()] * run.lanes().stride()];
        var mix = new Mix(run.lanes(), v, z);
        var row = new double[run.lanes().rows()];
        for (int head = 0; head < v.count(); head++) {
            mix.head(pattern, head, row);
        }
        return new HeadColumns(z, starts);
    }

    /** Σ_heads z·W_O + b_O: the heads added in order, then the bias. */
    private double[] output(ForwardRun run, HeadColumns z) {
        int stride = run.lanes().stride();
        int width = run.config().dModel();
        var sum = new double[width * stride];
        var term = new double[stride];
        Optional<HeadColumns> replaced = run.offered(at.result, () -> results(run, z), width);
        if (replaced.isPresent()) {
            HeadColumns results = replaced.get();
            for (int head = 0; head < results.count(); head++) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += results.values()[results.start(head) * stride + i];
                }
            }
        } else {
            for (int head = 0; head < outputs.size(); head++) {
                outputs.get(head).add(z.values(), z.start(head), sum, 0, term, stride);
            }
        }
        addBias(sum, stride, all);
        return sum;
    }

    private void addBias(double[] sum, int stride, int[] columns) {
        if (outputBias.length == 0) {
            return;
        }
        for (int column : columns) {
            for (int i = column * stride; i < (column + 1) * stride; i++) {
                sum[i] += outputBias[column];
            }
        }
    }

    /** What each head adds to the residual stream. */
    private HeadColumns results(ForwardRun run, HeadColumns z) {
        int stride = run.lanes().stride();
        int width = run.config().dModel();
        var starts = new int[outputs.size() + 1];
        var results = new double[Math.toIntExact((long) outputs.size() * width * stride)];
        var term = new double[stride];
        for (int head = 0; head < outputs.size(); head++) {
            starts[head + 1] = (head + 1) * width;
            outputs.get(head).add(z.values(), z.start(head), results, starts[head], term, stride);
        }
        return new HeadColumns(results, starts);
    }
}
