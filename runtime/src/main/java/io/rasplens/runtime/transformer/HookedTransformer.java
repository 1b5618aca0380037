package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.ActiveHooks;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookRegistry;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.MemoryBudget;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import io.rasplens.runtime.transformer.arithmetic.ScratchPool;
import io.rasplens.runtime.transformer.backward.Backward;
import io.rasplens.runtime.transformer.backward.GradientPoints;
import io.rasplens.runtime.transformer.forward.ForwardPass;
import io.rasplens.runtime.transformer.forward.ForwardRun;
import io.rasplens.runtime.transformer.forward.PassedStreams;
import io.rasplens.runtime.transformer.forward.Replay;
import io.rasplens.runtime.transformer.forward.RunPlan;
import io.rasplens.runtime.transformer.forward.RunStart;
import io.rasplens.runtime.transformer.forward.StreamWatch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    private final RunPlanner planner;
    private final ScratchPool scratches = new ScratchPool();

    private HookedTransformer(CompiledModel model) {
        this.model = model;
        this.config = model.config();
        this.forward = new ForwardPass(config, model.weights());
        this.codec = new Codec(model);
        this.hooks = new HookRegistry(HookName.all(config));
        this.planner = new RunPlanner(config, hooks);
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

    /**
     * The answer to an input of Java strings, numbers, booleans or RASP values, BOS left out.
     *
     * @throws EngineException also if a logit is no finite number, with the first point of the run that holds such
     */
    public ImmutableList<Value> run(List<?> input) {
        TokenBatch tokens = encode(input);
        return decode(forward(tokens), tokens).get(0);
    }

    /**
     * The answers to several inputs, of possibly different lengths, bit for bit what each gets alone. The inputs of one length
     * go through the model together; so a hook is called once for each length.
     */
    public ImmutableList<ImmutableList<Value>> runBatch(List<? extends List<?>> inputs) {
        return new RunLengths(this).run(inputs.stream().map(codec::encode).toList());
    }

    /** Token ids of one input, BOS in front. */
    public TokenBatch encode(List<?> input) {
        return encodeBatch(List.of(input));
    }

    /** Token ids of several inputs, BOS in front. */
    public TokenBatch encodeBatch(List<? extends List<?>> inputs) {
        return TokenBatch.of(inputs.stream().map(codec::encode).toList(), codec.padding());
    }

    /** A batch of token ids as they are; short rows are filled up with the model's own PAD; {@link TokenBatch#of} fills with another. */
    public TokenBatch tokens(int[]... rows) {
        return TokenBatch.of(Arrays.asList(rows), codec.padding());
    }

    /**
     * Logits to values, per input, BOS and padding left out.
     *
     * @throws EngineException also if a logit is no finite number, with the first point of a run that holds such
     * @param logits {@code [batch, pos, d_vocab_out]}
     */
    public ImmutableList<ImmutableList<Value>> decode(Tensor logits, TokenBatch tokens) {
        requireShape("the logits", logits, HookKind.UNEMBED_OUT, tokens);
        requireFinite(logits, tokens);
        var answers = ImmutableList.<ImmutableList<Value>>builder();
        for (int row = 0; row < tokens.size(); row++) {
            answers.add(codec.decode(logits, tokens, row));
        }
        return answers.build();
    }

    /**
     * Refuses logits that stand for no answer.
     *
     * @throws EngineException if one is no finite number, with the first point of a run that holds such
     */
    public void requireFinite(Tensor logits, TokenBatch tokens) {
        if (!logits.isFinite()) {
            throw new LocateNonFinite(this, tokens).error();
        }
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
        return run(tokens, options, RunStart.AT_EMBEDDING);
    }

    /**
     * The rest of a forward pass.
     *
     * @param resid the residual stream before the layer, {@code [batch, pos, d_model]}
     * @param startLayer the first block to run; negative counts from the last, {@code nLayers} only unembeds
     * @param tokens what the positions hold: the padding is taken from them
     */
    public Tensor forwardFrom(int startLayer, Tensor resid, TokenBatch tokens, RunOptions options) {
        return run(tokens, options, startAt(startLayer, resid, tokens));
    }

    /**
     * The rest of a forward pass, from a point of the residual stream on, whose own hooks still run.
     *
     * @param point {@code hook_resid_pre}, {@code hook_resid_mid} or {@code hook_resid_post} of a layer
     * @param resid the residual stream there, {@code [batch, pos, d_model]}
     * @param tokens what the positions hold: the padding is taken from them
     */
    public Tensor forwardFrom(HookName point, Tensor resid, TokenBatch tokens, RunOptions options) {
        return run(tokens, options, startAt(point, resid, tokens));
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
        return cached(tokens, options, RunStart.AT_EMBEDDING);
    }

    /**
     * A run forward, and the way back from a number made of its logits to every activation.
     *
     * <p>What a forward hook put in place counts as a constant: nothing flows back through it. A backward hook sees the gradient
     * at a point, and may put another in its place, which then flows on; they are called against the order of the forward pass.
     *
     * @param metric the number
     * @param options the forward hooks; of which activations to keep the values and gradients
     */
    public GradientRun runWithGradients(
            TokenBatch tokens, LogitMetric metric, RunOptions options, HookAssignment... backward) {
        checkTokens(tokens);
        if (options.stopLayer().isPresent()) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE,
                    "gradients begin at the logits, and the run would stop at layer "
                            + options.stopLayer().getAsInt(),
                    "leave the stop layer out");
        }
        ImmutableSet<HookName> names = options.names().resolve(hooks.names());
        ActiveHooks onTheWayBack = ActiveHooks.of(Arrays.asList(backward), hooks.names());
        var needed =
                HookFilter.where("what gradients need", name -> name.kind() != HookKind.RESULT || names.contains(name));
        RunPlan plan = planner.plan(options.names(needed), RunStart.AT_EMBEDDING, tokens, true);
        var watched = new AtomicReference<@Nullable ForwardRun>();
        Tensor logits = run(tokens, plan, RunStart.AT_EMBEDDING, StreamWatch.NOBODY, watched::set);
        ForwardRun run = Objects.requireNonNull(watched.get());
        var all = new ActivationCache(model, tokens, run.kept());
        Tensor seed = metric.gradient(logits);
        requireShape("the gradient by the logits", seed, HookKind.UNEMBED_OUT, tokens);

        var points = new GradientPoints(all, run.replaced(), onTheWayBack, names);
        new Backward(config, model.weights(), points).run(seed.toArray());
        ImmutableMap<HookName, Tensor> kept = ImmutableMap.copyOf(Maps.filterKeys(run.kept(), names::contains));
        return new GradientRun(
                logits,
                new ActivationCache(model, tokens, kept),
                new ActivationCache(model, tokens, points.gradients()));
    }

    /** The same without forward hooks, of the activations that a cache keeps. */
    public GradientRun runWithGradients(TokenBatch tokens, LogitMetric metric, HookAssignment... backward) {
        return runWithGradients(tokens, metric, RunOptions.PLAIN, backward);
    }

    /** {@link #forwardFrom} with a cache. */
    public CachedRun runWithCacheFrom(int startLayer, Tensor resid, TokenBatch tokens, RunOptions options) {
        return cached(tokens, options, startAt(startLayer, resid, tokens));
    }

    /** {@link #forwardFrom(HookName, Tensor, TokenBatch, RunOptions)} with a cache. */
    public CachedRun runWithCacheFrom(HookName point, Tensor resid, TokenBatch tokens, RunOptions options) {
        return cached(tokens, options, startAt(point, resid, tokens));
    }

    private CachedRun cached(TokenBatch tokens, RunOptions options, RunStart start) {
        RunPlan plan = planner.plan(options, start, tokens, true);
        Optional<RunPlan> unwatched = plan.unwatched();
        if (unwatched.isPresent()) {
            var streams = new PassedStreams(config, plan);
            Tensor logits = run(tokens, unwatched.get(), start, streams, run -> {});
            var replay = new Replay(forward, config, tokens, plan, start, streams);
            return new CachedRun(logits, new ActivationCache(model, tokens, replay));
        }
        var watched = new AtomicReference<@Nullable ForwardRun>();
        Tensor logits = run(tokens, plan, start, StreamWatch.NOBODY, watched::set);
        return new CachedRun(
                logits,
                new ActivationCache(
                        model, tokens, Objects.requireNonNull(watched.get()).kept()));
    }

    private Tensor run(TokenBatch tokens, RunOptions options, RunStart start) {
        return run(tokens, planner.plan(options, start, tokens, false), start, StreamWatch.NOBODY, run -> {});
    }

    private RunStart startAt(int layer, Tensor resid, TokenBatch tokens) {
        requireShape("the residual stream", resid, HookKind.RESID_PRE, tokens);
        return RunStart.before(planner.boundary(layer), resid.toArray());
    }

    private RunStart startAt(HookName point, Tensor resid, TokenBatch tokens) {
        requireShape("the residual stream", resid, HookKind.RESID_PRE, tokens);
        if (!hooks.names().contains(point)) {
            throw HookFilter.unknown(point.text(), hooks.names());
        }
        return RunStart.at(point, resid.toArray());
    }

    private void requireShape(String what, Tensor given, HookKind kind, TokenBatch tokens) {
        ImmutableList<Axis> axes = kind.axes(config, tokens.size(), tokens.positions());
        if (!Arrays.equals(given.shape(), axes.stream().mapToInt(Axis::size).toArray())) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    what + " must be " + Tensor.describe(axes) + ", not " + Tensor.describe(given.axes()),
                    "take it from a run on these tokens");
        }
    }

    private void checkTokens(TokenBatch tokens) {
        for (int row = 0; row < tokens.size(); row++) {
            for (int position = 0; position < tokens.positions(); position++) {
                int id = tokens.id(row, position);
                if (id < 0 || id >= config.dVocab()) {
                    throw new EngineException(
                            EngineCode.TOKEN_ID_OUT_OF_RANGE,
                            "the token id " + id + " at position " + position + " is outside the vocabulary of "
                                    + config.dVocab(),
                            "ids count from 0; encode(…) makes them of tokens");
                }
            }
        }
    }

    /** The pass itself: all inputs at once where somebody looks, else some at a time, so that their activations stay near. */
    private Tensor run(
            TokenBatch tokens, RunPlan plan, RunStart start, StreamWatch streams, Consumer<ForwardRun> watched) {
        int width = plan.unembeds() ? config.dVocabOut() : config.dModel();
        var out = new double[Math.multiplyExact(tokens.size() * tokens.positions(), width)];
        int together = plan.silent() ? Lanes.together(tokens.positions()) : tokens.size();
        Scratch scratch = scratches.take();
        for (int first = 0; first < tokens.size(); first += together) {
            var lanes = new Lanes(Math.min(together, tokens.size() - first), tokens.positions());
            var run = new ForwardRun(config, tokens, first, lanes, plan, scratch, streams);
            double[] last = forward.apply(run, start, first);
            lanes.toRows(last, 0, width, out, first * tokens.positions() * width, width);
            if (!plan.silent()) {
                watched.accept(run);
            }
        }
        scratches.giveBack(scratch);
        return Tensor.adopt(out, plan.resultAxes());
    }
}
