package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.ActiveHooks;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookRegistry;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.MemoryBudget;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A transformer whose every activation can be seen and edited.
 *
 * <p>Mistakes in what is asked of it (tokens, names, shapes) come as {@link EngineException}s.
 */
public final class HookedTransformer {
    private final CompiledModel model;
    private final TransformerConfig config;
    private final ForwardPass forward;
    private final Codec codec;
    private final HookRegistry hooks;

    private HookedTransformer(CompiledModel model) {
        this.model = model;
        this.config = model.config();
        this.forward = new ForwardPass(config, model.weights());
        this.codec = new Codec(model);
        this.hooks = new HookRegistry(HookName.all(config));
    }

    /**
     * Takes a model in.
     *
     * @throws EngineException if the model's parts do not fit together
     */
    public static HookedTransformer load(CompiledModel model) {
        new ModelCheck(model).check();
        checkMemory(model);
        return new HookedTransformer(model);
    }

    /** Sparse as they are, the matrices that read the stream each have a row start, an int, for every direction of it. */
    private static void checkMemory(CompiledModel model) {
        long readers = model.weights().layers().stream()
                .mapToLong(layer -> 3L * layer.heads().size() + 1)
                .sum();
        MemoryBudget.require("the model", readers * model.config().dModel() / 2, 0);
    }

    public CompiledModel model() {
        return model;
    }

    public TransformerConfig config() {
        return config;
    }

    /** The hooks that every run passes. */
    public HookRegistry hooks() {
        return hooks;
    }

    /** The answer to an input of Java strings, numbers, booleans or RASP values, BOS left out. */
    public ImmutableList<Value> run(List<?> input) {
        TokenBatch tokens = encode(input);
        return decode(forward(tokens), tokens).get(0);
    }

    /** The answers to several inputs, of possibly different lengths, in one batch. */
    public ImmutableList<ImmutableList<Value>> runBatch(List<? extends List<?>> inputs) {
        TokenBatch tokens = encodeBatch(inputs);
        return decode(forward(tokens), tokens);
    }

    /** Token ids of one input, BOS in front. */
    public TokenBatch encode(List<?> input) {
        return encodeBatch(List.of(input));
    }

    /** Token ids of several inputs, BOS in front. */
    public TokenBatch encodeBatch(List<? extends List<?>> inputs) {
        return TokenBatch.of(inputs.stream().map(codec::encode).toList(), codec.padding());
    }

    /** A batch of token ids as they are; short rows are filled up with the model's own PAD. */
    public TokenBatch tokens(int[]... rows) {
        return TokenBatch.of(Arrays.asList(rows), codec.padding());
    }

    /** A batch of token ids as they are; short rows are filled up with {@code padding}. */
    public TokenBatch tokensPaddedWith(int padding, int[]... rows) {
        return TokenBatch.of(Arrays.asList(rows), OptionalInt.of(padding));
    }

    /**
     * Logits to values, per input, BOS and padding left out.
     *
     * @param logits {@code [batch, pos, d_vocab_out]}
     */
    public ImmutableList<ImmutableList<Value>> decode(Tensor logits, TokenBatch tokens) {
        requireShape("the logits", logits, HookKind.UNEMBED_OUT, tokens);
        var answers = ImmutableList.<ImmutableList<Value>>builder();
        for (int row = 0; row < tokens.size(); row++) {
            answers.add(codec.decode(logits, tokens, row));
        }
        return answers.build();
    }

    /** The logits, {@code [batch, pos, d_vocab_out]}. */
    public Tensor forward(TokenBatch tokens) {
        return forward(tokens, RunOptions.PLAIN);
    }

    /**
     * One forward pass.
     *
     * @return {@code [batch, pos, d_vocab_out]}; with a stop layer the residual stream there, {@code [batch, pos, d_model]}
     */
    public Tensor forward(TokenBatch tokens, RunOptions options) {
        checkTokens(tokens);
        return start(tokens, options, Start.AT_EMBEDDING, ImmutableList.of());
    }

    /**
     * The rest of a forward pass.
     *
     * @param resid the residual stream before the layer, {@code [batch, pos, d_model]}
     * @param startLayer the first block to run; negative counts from the last, {@code nLayers} only unembeds
     * @param tokens what the positions hold: the padding is taken from them
     */
    public Tensor forwardFrom(int startLayer, Tensor resid, TokenBatch tokens, RunOptions options) {
        return start(tokens, options, startAt(startLayer, resid, tokens), ImmutableList.of());
    }

    /**
     * The rest of a forward pass, from a point of the residual stream on, whose own hooks still run.
     *
     * @param point {@code hook_resid_pre}, {@code hook_resid_mid} or {@code hook_resid_post} of a layer
     * @param resid the residual stream there, {@code [batch, pos, d_model]}
     * @param tokens what the positions hold: the padding is taken from them
     */
    public Tensor forwardFrom(HookName point, Tensor resid, TokenBatch tokens, RunOptions options) {
        return start(tokens, options, startAt(point, resid, tokens), ImmutableList.of());
    }

    /** Runs with hooks that are there for this run alone. */
    public Tensor runWithHooks(TokenBatch tokens, HookAssignment... own) {
        return forward(tokens, RunOptions.PLAIN.hooks(Arrays.asList(own)));
    }

    public CachedRun runWithCache(List<?> input) {
        return runWithCache(encode(input));
    }

    public CachedRun runWithCache(int[]... rows) {
        return runWithCache(tokens(rows));
    }

    /** Keeps every activation but the readers' own inputs, which repeat the residual stream; those are kept when named. */
    public CachedRun runWithCache(TokenBatch tokens) {
        return runWithCache(tokens, RunOptions.PLAIN);
    }

    /** Keeps the activations that the options name, as the hooks left them. */
    public CachedRun runWithCache(TokenBatch tokens, RunOptions options) {
        checkTokens(tokens);
        return cached(tokens, options, Start.AT_EMBEDDING);
    }

    /** {@link #forwardFrom} with a cache. */
    public CachedRun runWithCacheFrom(int startLayer, Tensor resid, TokenBatch tokens, RunOptions options) {
        return cached(tokens, options, startAt(startLayer, resid, tokens));
    }

    /** {@link #forwardFrom(HookName, Tensor, TokenBatch, RunOptions)} with a cache. */
    public CachedRun runWithCacheFrom(HookName point, Tensor resid, TokenBatch tokens, RunOptions options) {
        return cached(tokens, options, startAt(point, resid, tokens));
    }

    private CachedRun cached(TokenBatch tokens, RunOptions options, Start start) {
        Map<HookName, Tensor> kept = new LinkedHashMap<>();
        ImmutableSet<HookName> names = options.names().resolve(reached(start, options));
        Hook keep = Hook.observe((activation, point) -> kept.put(point.name(), activation));
        var last = ImmutableList.of(
                new HookAssignment(HookFilter.where(options.names().description(), names::contains), keep));
        long total =
                names.stream().mapToLong(name -> length(name.kind(), tokens)).sum();
        MemoryBudget.require("the cache", total, 0);
        Tensor logits = start(tokens, options, start, last);
        return new CachedRun(logits, new ActivationCache(model, tokens, ImmutableMap.copyOf(kept)));
    }

    private Tensor start(TokenBatch tokens, RunOptions options, Start start, List<HookAssignment> last) {
        checkLength(tokens);
        int stop = stop(options, start);
        var own =
                ImmutableList.<HookAssignment>builder().addAll(options.hooks()).addAll(last);
        ActiveHooks active = hooks.activate(own.build(), reached(start, options));
        checkMemory(active, tokens);
        Run run = new Run(config, tokens, active);

        double[] resid = start.atEmbedding() ? forward.embed(run) : start.resid();
        resid = forward.blocks(run, resid, start, stop);
        return options.stopLayer().isPresent()
                ? Tensor.adopt(resid, run.axes(HookKind.RESID_PRE))
                : Tensor.adopt(forward.unembed(run, resid), run.axes(HookKind.UNEMBED_OUT));
    }

    /** The points that a run passes, in firing order. */
    private ImmutableList<HookName> reached(Start start, RunOptions options) {
        int stop = stop(options, start);
        return hooks.names().stream()
                .filter(name -> switch (name.kind().place()) {
                    case BEFORE_BLOCKS -> start.atEmbedding();
                    case BLOCK -> start.passes(name) && name.layer() < stop;
                    case AFTER_BLOCKS -> options.stopLayer().isEmpty();
                })
                .collect(ImmutableList.toImmutableList());
    }

    private int stop(RunOptions options, Start start) {
        int stop =
                options.stopLayer().isPresent() ? boundary(options.stopLayer().getAsInt()) : config.nLayers();
        boolean before = stop < start.layer() || (stop == start.layer() && start.withinLayer());
        if (before) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE, "the run would stop at layer " + stop + ", before it starts");
        }
        return stop;
    }

    private Start startAt(int layer, Tensor resid, TokenBatch tokens) {
        requireShape("the residual stream", resid, HookKind.RESID_PRE, tokens);
        return Start.before(boundary(layer), resid.toArray());
    }

    private Start startAt(HookName point, Tensor resid, TokenBatch tokens) {
        requireShape("the residual stream", resid, HookKind.RESID_PRE, tokens);
        if (!hooks.names().contains(point)) {
            throw HookFilter.unknown(point.text(), hooks.names());
        }
        return Start.at(point, resid.toArray());
    }

    private void requireShape(String what, Tensor given, HookKind kind, TokenBatch tokens) {
        ImmutableList<Axis> axes = kind.axes(config, tokens.size(), tokens.positions());
        if (!Arrays.equals(given.shape(), axes.stream().mapToInt(Axis::size).toArray())) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    what + " must be " + Tensor.describe(axes) + ", not " + Tensor.describe(given.axes()));
        }
    }

    /** A place between blocks: 0 to nLayers, negative from the end. */
    private int boundary(int layer) {
        int counted = layer < 0 ? layer + config.nLayers() : layer;
        if (counted < 0 || counted > config.nLayers()) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE,
                    "there is no layer " + layer + ": the model has " + config.nLayers() + ", counted from 0");
        }
        return counted;
    }

    private void checkTokens(TokenBatch tokens) {
        for (int row = 0; row < tokens.size(); row++) {
            for (int position = 0; position < tokens.positions(); position++) {
                int id = tokens.id(row, position);
                if (id < 0 || id >= config.dVocab()) {
                    throw new EngineException(
                            EngineCode.TOKEN_ID_OUT_OF_RANGE,
                            "the token id " + id + " at position " + position + " is outside the vocabulary of "
                                    + config.dVocab());
                }
            }
        }
    }

    private void checkLength(TokenBatch tokens) {
        if (tokens.positions() > config.nCtx()) {
            throw new EngineException(
                    EngineCode.INPUT_TOO_LONG,
                    tokens.positions() + " positions, BOS included, are more than the model's n_ctx of "
                            + config.nCtx());
        }
    }

    /** The stream and its working copies must fit, and the largest activation that somebody listens to. */
    private void checkMemory(ActiveHooks active, TokenBatch tokens) {
        long stream = 4 * Math.max(length(HookKind.RESID_PRE, tokens), length(HookKind.UNEMBED_OUT, tokens));
        MemoryBudget.require("the residual stream", stream, stream / 4);
        active.points()
                .forEach(name ->
                        MemoryBudget.require(name.text(), length(name.kind(), tokens), length(name.kind(), tokens)));
    }

    private long length(HookKind kind, TokenBatch tokens) {
        return Tensor.length(kind.axes(config, tokens.size(), tokens.positions()));
    }
}
