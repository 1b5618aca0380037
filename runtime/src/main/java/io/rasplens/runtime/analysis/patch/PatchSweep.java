package io.rasplens.runtime.analysis.patch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Activation patching: runs corrupted inputs again and again, each time with one activation of the clean run in place, and
 * measures what that does to the logits. Where the answer comes back, what it depends on passes through.
 *
 * <p>Every run is the corrupted one up to the patched layer, and is taken up there. The inputs of a row have the same length.
 */
public final class PatchSweep {
    /** Kinds that have a position and no head. */
    public static final ImmutableSet<HookKind> STREAM = ImmutableSet.of(
            HookKind.RESID_PRE, HookKind.ATTN_OUT, HookKind.RESID_MID, HookKind.MLP_OUT, HookKind.RESID_POST);

    /** Kinds that have a head and a position. */
    public static final ImmutableSet<HookKind> HEADS =
            ImmutableSet.of(HookKind.Q, HookKind.K, HookKind.V, HookKind.Z, HookKind.RESULT);

    /** Kinds that have a head, a query and a key. */
    public static final ImmutableSet<HookKind> SQUARE = ImmutableSet.of(HookKind.PATTERN, HookKind.ATTN_SCORES);

    private final HookedTransformer model;
    private final TransformerConfig config;
    private final TokenBatch corrupted;
    private final ActivationCache clean;
    private final ActivationCache before;
    private final ToDoubleFunction<Tensor> metric;
    private final ImmutableList<Component> heads;

    /**
     * Runs both inputs once.
     *
     * @param metric a number for logits {@code [batch, pos, d_vocab_out]}
     * @throws EngineException if the inputs differ in length
     */
    public PatchSweep(
            HookedTransformer model, TokenBatch clean, TokenBatch corrupted, ToDoubleFunction<Tensor> metric) {
        Recovery.requireSameShape(clean, corrupted);
        this.model = model;
        this.config = model.config();
        this.corrupted = corrupted;
        this.clean = model.runWithCache(clean).cache();
        this.before = config.nLayers() == 0
                ? this.clean
                : model.runWithCache(corrupted, RunOptions.PLAIN.names("blocks.*.hook_resid_pre"))
                        .cache();
        this.metric = metric;
        this.heads = Component.all(model.model()).stream()
                .filter(component -> component.kind() == Component.ComponentKind.HEAD)
                .collect(ImmutableList.toImmutableList());
    }

    /** What is put in place for one cell of a sweep. */
    public record Patch(HookName at, Hook hook) {}

    /** The patch of a cell; empty for a cell that the model doesn't have. */
    @FunctionalInterface
    public interface Patches {
        Optional<Patch> at(int row, int column);
    }

    /** The generic sweep: one run for each cell, from the patched layer on. */
    public LabelledTable sweep(
            String title,
            String rowAxis,
            ImmutableList<String> rows,
            String columnAxis,
            ImmutableList<String> columns,
            Patches patches) {
        return LabelledTable.of(
                title,
                rowAxis,
                rows,
                columnAxis,
                columns,
                (row, column) -> patches.at(row, column)
                        .map(patch -> metric.applyAsDouble(run(patch)))
                        .orElse(Double.NaN));
    }

    /** The logits with one patch in place. */
    public Tensor run(Patch patch) {
        RunOptions options = RunOptions.PLAIN.hook(patch.at(), patch.hook());
        int layer = patch.at().layer();
        return layer < 0
                ? model.forward(corrupted, options)
                : model.forwardFrom(layer, before.get(HookName.residPre(layer)), corrupted, options);
    }

    /** By layer and position, all heads at once where there are heads. */
    public LabelledTable byPosition(HookKind kind) {
        requireAxis(kind, "pos");
        return sweep(
                kind.shortName(),
                "layer",
                LabelledTable.numbers(config.nLayers()),
                "pos",
                LabelledTable.numbers(corrupted.positions()),
                (layer, position) -> Optional.of(slice(new HookName(kind, layer), "pos", position)));
    }

    /** By layer and head, all positions at once. */
    public LabelledTable byHead(HookKind kind) {
        requireAxis(kind, "head");
        return sweep(
                kind.shortName(),
                "layer",
                LabelledTable.numbers(config.nLayers()),
                "head",
                LabelledTable.numbers(config.nHeads()),
                (layer, head) -> heads.contains(Component.head(layer, head))
                        ? Optional.of(slice(new HookName(kind, layer), "head", head))
                        : Optional.empty());
    }

    /** By head, {@code 1.0} the first of layer 1, and position; for a pattern, by head and query. */
    public LabelledTable byHeadAndPosition(HookKind kind) {
        requireAxis(kind, "head");
        String axis = SQUARE.contains(kind) ? "query" : "pos";
        return sweep(
                kind.shortName(),
                "head",
                heads.stream().map(head -> head.layer() + "." + head.head()).collect(ImmutableList.toImmutableList()),
                axis,
                LabelledTable.numbers(corrupted.positions()),
                (row, position) -> Optional.of(headSlice(kind, heads.get(row), axis, position)));
    }

    /** One table for each head: what it looks at, by query and key. The rest of a patched row stays as it is. */
    public ImmutableList<LabelledTable> byQueryAndKey(HookKind kind) {
        if (!SQUARE.contains(kind)) {
            throw noAxis(kind, "query and no key");
        }
        ImmutableList<String> positions = LabelledTable.numbers(corrupted.positions());
        return heads.stream()
                .map(head -> sweep(
                        kind.shortName() + " of head " + head.layer() + "." + head.head(),
                        "query",
                        positions,
                        "key",
                        positions,
                        (query, key) -> Optional.of(cell(kind, head, query, key))))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * What a single other token would change: by position and token, whole runs.
     *
     * @param tokens ids to put there, and what to call them
     */
    public LabelledTable byToken(ImmutableMap<Integer, Value> tokens) {
        return sweepTokens(tokens, ImmutableList.copyOf(tokens.keySet()));
    }

    private LabelledTable sweepTokens(ImmutableMap<Integer, Value> tokens, ImmutableList<Integer> ids) {
        return LabelledTable.of(
                "token",
                "pos",
                LabelledTable.numbers(corrupted.positions()),
                "token",
                tokens.values().stream().map(Value::repr).collect(ImmutableList.toImmutableList()),
                (position, column) -> metric.applyAsDouble(model.forward(with(position, ids.get(column)))));
    }

    private TokenBatch with(int position, int id) {
        int[][] rows = new int[corrupted.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = corrupted.row(row).toArray();
            if (corrupted.isReal(row, position)) {
                rows[row][position] = id;
            }
        }
        return model.tokens(rows);
    }

    /** The stream, attention and MLP by layer and position, and each head's parts: all that is commonly looked at first. */
    public ImmutableList<LabelledTable> every() {
        ImmutableList.Builder<LabelledTable> tables = ImmutableList.builder();
        STREAM.stream().filter(kind -> kind != HookKind.RESID_POST).forEach(kind -> tables.add(byPosition(kind)));
        HEADS.forEach(kind -> tables.add(byHead(kind)));
        return tables.add(byHead(HookKind.PATTERN)).build();
    }

    private Patch slice(HookName name, String axis, int index) {
        Tensor part = clean(name).slice(axis, index);
        return new Patch(name, Hook.replace((activation, point) -> activation.withSlice(axis, index, part)));
    }

    private Patch headSlice(HookKind kind, Component head, String axis, int index) {
        var name = new HookName(kind, head.layer());
        Tensor part = clean(name).slice("head", head.head()).slice(axis, index);
        return new Patch(
                name,
                Hook.replace((activation, point) -> activation.withSlice(
                        "head",
                        head.head(),
                        activation.slice("head", head.head()).withSlice(axis, index, part))));
    }

    private Patch cell(HookKind kind, Component head, int query, int key) {
        var name = new HookName(kind, head.layer());
        Tensor from = clean(name);
        return new Patch(name, Hook.replace((activation, point) -> {
            Tensor edited = activation;
            for (int row = 0; row < corrupted.size(); row++) {
                edited = edited.with(from.get(row, head.head(), query, key), row, head.head(), query, key);
            }
            return edited;
        }));
    }

    private Tensor clean(HookName name) {
        return clean.has(name) ? clean.get(name) : clean.headResults(name.layer());
    }

    private void requireAxis(HookKind kind, String axis) {
        boolean has = kind.inBlock()
                && kind.existsIn(config)
                && kind.axes(config, 1, 1).stream().anyMatch(a -> a.name().equals(axis));
        if (!has) {
            throw noAxis(kind, axis);
        }
    }

    private static EngineException noAxis(HookKind kind, String axis) {
        return new EngineException(EngineCode.WRONG_SHAPE, kind.shortName() + " has no " + axis + " in each layer");
    }

    /** Positions as labels: BOS, and each token, both where the inputs differ. */
    public static ImmutableList<String> labels(List<Value> clean, List<Value> corrupted) {
        var labels = ImmutableList.<String>builder().add("BOS");
        for (int i = 0; i < clean.size(); i++) {
            String token = Values.plain(clean.get(i));
            String other = Values.plain(corrupted.get(i));
            labels.add(token.equals(other) ? token : token + "/" + other);
        }
        return labels.build();
    }
}
