package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.ActiveHooks;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookRegistry;
import io.rasplens.runtime.tensor.MemoryBudget;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import io.rasplens.runtime.transformer.forward.RunPlan;
import io.rasplens.runtime.transformer.forward.RunStart;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a run passes and who looks at it, and refuses what cannot be run. The last plan is kept: a run like the one
 * before costs no look-up of names.
 */
final class RunPlanner {
    /** Numbers that are there whatever else is. */
    private static final long SMALL = 1 << 16;

    private final TransformerConfig config;
    private final HookRegistry hooks;
    private final AtomicReference<@Nullable Made> last = new AtomicReference<>();

    RunPlanner(TransformerConfig config, HookRegistry hooks) {
        this.config = config;
        this.hooks = hooks;
    }

    /** A plan and what it was made for. */
    private static final class Made {
        final RunPlan plan;
        final RunOptions options;
        final boolean cached;
        final int layer;
        final RunStart.SublayerPoint stage;
        final boolean atEmbedding;

        Made(RunPlan plan, RunOptions options, boolean cached, RunStart start) {
            this.plan = plan;
            this.options = options;
            this.cached = cached;
            this.layer = start.layer();
            this.stage = start.stage();
            this.atEmbedding = start.atEmbedding();
        }

        @SuppressWarnings(
                "ReferenceEquality") // Conditions are functions: they are the same only if they are the same object.
        boolean isFor(RunOptions other, boolean cache, RunStart start, Lanes lanes) {
            return (options == other || (other.isWritten() && options.equals(other)))
                    && cached == cache
                    && layer == start.layer()
                    && stage == start.stage()
                    && atEmbedding == start.atEmbedding()
                    && plan.lanes().equals(lanes);
        }
    }

    /**
     * The plan of one run.
     *
     * @param cached whether to keep what the options name
     */
    RunPlan plan(RunOptions options, RunStart start, TokenBatch tokens, boolean cached) {
        var lanes = new Lanes(tokens.size(), tokens.positions());
        Made made = last.get();
        if (made == null || !made.isFor(options, cached, start, lanes) || !hooks.isCurrent(made.plan.hooks())) {
            made = new Made(make(options, start, lanes, cached), options, cached, start);
            last.set(made);
        }
        checkMemory(made.plan);
        return made.plan;
    }

    private RunPlan make(RunOptions options, RunStart start, Lanes lanes, boolean cached) {
        if (lanes.positions() > config.nCtx()) {
            throw new EngineException(
                    EngineCode.INPUT_TOO_LONG,
                    lanes.positions() + " positions, BOS included, are more than the model's n_ctx of " + config.nCtx(),
                    "give a shorter input, or compile the program with a greater maximal length");
        }
        int stop = stop(options.stopLayer(), start);
        ImmutableList<HookName> reached =
                reached(start, stop, options.stopLayer().isEmpty());
        ActiveHooks active = hooks.activate(options.hooks(), reached);
        ImmutableSet<HookName> kept = cached ? options.names().resolve(reached) : ImmutableSet.of();
        return new RunPlan(config, lanes, stop, options.stopLayer().isEmpty(), active, kept);
    }

    /** The points that a run passes, in firing order. */
    private ImmutableList<HookName> reached(RunStart start, int stop, boolean unembeds) {
        return hooks.names().stream()
                .filter(name -> switch (name.kind().place()) {
                    case BEFORE_BLOCKS -> start.atEmbedding();
                    case BLOCK -> start.passes(name) && name.layer() < stop;
                    case AFTER_BLOCKS -> unembeds;
                })
                .collect(ImmutableList.toImmutableList());
    }

    private int stop(OptionalInt stopLayer, RunStart start) {
        int stop = stopLayer.isPresent() ? boundary(stopLayer.getAsInt()) : config.nLayers();
        if (stop < start.layer() || (stop == start.layer() && start.withinLayer())) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE,
                    "the run would stop at layer " + stop + ", before it starts",
                    "let it stop at a later layer, or begin earlier");
        }
        return stop;
    }

    /** A place between blocks: 0 to nLayers, negative from the end. */
    int boundary(int layer) {
        int counted = layer < 0 ? layer + config.nLayers() : layer;
        if (counted < 0 || counted > config.nLayers()) {
            throw new EngineException(
                    EngineCode.LAYER_OUT_OF_RANGE,
                    "there is no layer " + layer + ": the model has " + config.nLayers() + ", counted from 0",
                    "layers count from 0, or back from the last, which is -1");
        }
        return counted;
    }

    /** The stream and its working copies must fit, what somebody looks at, and all of a cache. */
    private static void checkMemory(RunPlan plan) {
        if (plan.numbers() < SMALL) {
            return;
        }
        MemoryBudget.require("the residual stream", 4 * plan.streamNumbers(), plan.streamNumbers());
        plan.hooks()
                .points()
                .forEach(name -> MemoryBudget.require(name.text(), plan.numbers(name), plan.numbers(name)));
        MemoryBudget.require("the cache", plan.keptNumbers(), 0);
    }
}
