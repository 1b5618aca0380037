package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Rows;
import io.rasplens.runtime.tensor.SparseRows;
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
    private final SparseRows shared;
    private final Optional<HeadRows> own;

    private ReaderInputs(SparseRows shared, Optional<HeadRows> own) {
        this.shared = shared;
        this.own = own;
    }

    /**
     * Offers the residual stream to the hooks, once per head.
     *
     * @return the heads' own streams {@code [dModel]} wide, if a hook replaced them
     */
    static Optional<HeadRows> offer(Run run, HookName name, double[] resid) {
        if (!run.listensTo(name)) {
            return Optional.empty();
        }
        int heads = run.config().nHeads();
        int width = run.config().dModel();
        double[] repeated = run.allocate(HookKind.Q_INPUT);
        for (int head = 0; head < heads; head++) {
            new Rows(resid, width).copyInto(repeated, head * width, heads * width);
        }
        double[] after = run.hooked(name, repeated);
        return after == repeated ? Optional.empty() : Optional.of(HeadRows.unpad(after, heads, width));
    }

    /**
     * @param resid the residual stream itself
     * @param normalized the shared stream as the readers read it
     * @param shared the same without its zeros
     */
    static ReaderInputs of(
            Norm norm, double[] resid, Norm.Normalized normalized, SparseRows shared, Optional<HeadRows> own) {
        return new ReaderInputs(shared, own.map(heads -> normalizeOwn(norm, resid, normalized, heads)));
    }

    /** What one head reads. */
    SparseRows head(int head) {
        return own.map(rows -> rows.head(head).sparse(0, shared.rows())).orElse(shared);
    }

    private static HeadRows normalizeOwn(Norm norm, double[] resid, Norm.Normalized normalized, HeadRows own) {
        var heads = ImmutableList.<Rows>builder();
        for (int head = 0; head < own.count(); head++) {
            int width = own.head(head).width();
            double[] values = own.head(head).values().clone();
            for (int from = 0; from < values.length; from += width) {
                if (Arrays.equals(values, from, from + width, resid, from, from + width)) {
                    System.arraycopy(normalized.values(), from, values, from, width);
                } else {
                    norm.applyTo(values, from, from / width, normalized);
                }
            }
            heads.add(new Rows(values, width));
        }
        return new HeadRows(heads.build());
    }
}
