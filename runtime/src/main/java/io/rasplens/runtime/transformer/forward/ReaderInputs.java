package io.rasplens.runtime.transformer.forward;

import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.ColumnMatrix;
import io.rasplens.runtime.transformer.arithmetic.HeadColumns;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the heads of one layer read for one of q, k and v: normally all of them the same normalised residual stream, unless a
 * hook at {@code hook_q_input} (or k, or v) gave each head its own.
 *
 * <p>A head's own input is normalised by itself, or by the shared stream's scale where a hook has set that. A row that equals
 * the shared stream's is read as the shared one, so that writing back what was there changes nothing, whatever other hooks do.
 */
final class ReaderInputs {
    private final ForwardRun run;
    private final double[] shared;
    private final Optional<HeadColumns> own;

    private ReaderInputs(ForwardRun run, double[] shared, Optional<HeadColumns> own) {
        this.run = run;
        this.shared = shared;
        this.own = own;
    }

    /**
     * Offers the residual stream to the hooks, once per head.
     *
     * @return the heads' own streams {@code [batch, pos, head, dModel]}, if a hook replaced them
     */
    static Optional<double[]> offer(ForwardRun run, HookName name, double[] resid) {
        return run.offered(name, () -> {
            int heads = run.config().nHeads();
            int width = run.config().dModel();
            var repeated = new double[Math.toIntExact((long) run.lanes().rows() * heads * width)];
            for (int head = 0; head < heads; head++) {
                run.lanes().toRows(resid, 0, width, repeated, head * width, heads * width);
            }
            return repeated;
        });
    }

    /**
     * @param resid the residual stream itself
     * @param normalized the shared stream as the readers read it
     */
    static ReaderInputs of(
            ForwardRun run, Norm norm, double[] resid, Norm.Normalized normalized, Optional<double[]> own) {
        return new ReaderInputs(
                run, normalized.values(), own.map(heads -> normalizeOwn(run, norm, resid, normalized, heads)));
    }

    /** Multiplies what each head reads by its own columns, those from {@code starts[head]} on. */
    void multiply(HeadReaders readers, double[] out, int[] starts) {
        ColumnMatrix weights = readers.weights();
        double[] bias = readers.bias();
        int stride = run.lanes().stride();
        int heads = starts.length - 1;
        if (own.isEmpty()) {
            weights.multiply(shared, 0, bias, out, starts[0], starts[heads], stride);
            return;
        }
        for (int head = 0; head < heads; head++) {
            HeadColumns rows = own.get();
            weights.multiply(rows.values(), rows.start(head), bias, out, starts[head], starts[head + 1], stride);
        }
    }

    private static HeadColumns normalizeOwn(
            ForwardRun run, Norm norm, double[] resid, Norm.Normalized normalized, double[] own) {
        Lanes lanes = run.lanes();
        int width = run.config().dModel();
        int heads = run.config().nHeads();
        double[] stream = lanes.toRows(resid, width, width);
        double[] read = lanes.toRows(normalized.values(), width, width);
        for (int i = 0; i < lanes.rows() * heads; i++) {
            int from = i * width;
            int row = i / heads;
            if (Arrays.equals(own, from, from + width, stream, row * width, (row + 1) * width)) {
                System.arraycopy(read, row * width, own, from, width);
            } else {
                int lane = row % lanes.positions() * lanes.batch() + row / lanes.positions();
                norm.applyTo(own, from, lane, normalized);
            }
        }
        return HeadColumns.of(own, lanes, heads, width);
    }
}
