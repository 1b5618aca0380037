package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Activation patching: runs a corrupted input again and again, each time with one activation of the clean run in place, and
 * measures what that does to the logits. Where the answer comes back, what it depends on passes through.
 *
 * <p>Every run starts from the corrupted input; the two inputs have the same length.
 */
public final class PatchSweep {
    private final HookedTransformer model;
    private final TokenBatch corrupted;
    private final ActivationCache clean;
    private final ToDoubleFunction<Tensor> metric;

    /**
     * Runs the clean input once.
     *
     * @param metric a number for logits {@code [batch, pos, d_vocab_out]}
     * @throws EngineException if the inputs differ in length
     */
    public PatchSweep(
            HookedTransformer model, TokenBatch clean, TokenBatch corrupted, ToDoubleFunction<Tensor> metric) {
        if (clean.positions() != corrupted.positions() || clean.size() != corrupted.size()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "the clean input has " + clean.positions() + " positions, the corrupted one "
                            + corrupted.positions(),
                    "Patching needs two inputs of the same length.");
        }
        this.model = model;
        this.corrupted = corrupted;
        this.clean = model.runWithCache(clean).cache();
        this.metric = metric;
    }

    /** What is put in place for one cell of a sweep. */
    @FunctionalInterface
    public interface Patch {
        HookAssignment at(int row, int column);
    }

    /** The generic sweep: one run for each cell. */
    public LabelledTable sweep(
            String title,
            String rowAxis,
            ImmutableList<String> rows,
            String columnAxis,
            ImmutableList<String> columns,
            Patch patch) {
        var values = ImmutableDoubleArray.builder();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                RunOptions options = RunOptions.PLAIN.hook(patch.at(row, column));
                values.add(metric.applyAsDouble(model.forward(corrupted, options)));
            }
        }
        return new LabelledTable(title, rowAxis, rows, columnAxis, columns, values.build());
    }

    /** By layer and position: {@code RESID_PRE}, {@code RESID_MID}, {@code ATTN_OUT}, {@code MLP_OUT} and what else has positions. */
    public LabelledTable byPosition(HookKind kind) {
        return byAxis(kind, "pos", corrupted.positions());
    }

    /** By layer and head, all positions at once: {@code Z}, {@code Q}, {@code K}, {@code V}, {@code PATTERN}. */
    public LabelledTable byHead(HookKind kind) {
        return byAxis(kind, "head", model.config().nHeads());
    }

    private LabelledTable byAxis(HookKind kind, String axis, int size) {
        TransformerConfig config = model.config();
        boolean has = kind.inBlock()
                && kind.axes(config, 1, 1).stream().anyMatch(a -> a.name().equals(axis));
        if (!has) {
            throw new IllegalArgumentException(kind + " has no " + axis + " in each layer");
        }
        return sweep(kind.shortName(), "layer", numbers(config.nLayers()), axis, numbers(size), (layer, index) -> {
            var name = new HookName(kind, layer);
            Tensor part = clean.get(name.text()).slice(axis, index);
            return HookAssignment.of(
                    name, Hook.replace((activation, point) -> activation.withSlice(axis, index, part)));
        });
    }

    private static ImmutableList<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(ImmutableList.toImmutableList());
    }
}
