package io.rasplens.runtime.transformer.forward;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.runtime.cache.RunActivations;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * The activations of a run in which no hook took part. The run itself left only the residual stream before each block; what
 * stands within a block is made again, the whole block at once, when some of it is first read. Weights never change and every
 * sum has its order, so the numbers are, bit for bit, those that went by.
 */
public final class Replay implements RunActivations {
    private final ForwardPass forward;
    private final TransformerConfig config;
    private final TokenBatch tokens;
    private final RunPlan plan;
    private final RunStart start;
    private final PassedStreams streams;

    /** The embeddings, the blocks, and what follows them. */
    private final BlockActivations[] parts;

    /** Two threads that are the first to read a block may both run it, and find the same. */
    private static final class BlockActivations {
        private volatile @Nullable ImmutableMap<HookName, Tensor> made;
    }

    /**
     * @param plan the run's, with what the cache wants
     * @param streams what the run left
     */
    public Replay(
            ForwardPass forward,
            TransformerConfig config,
            TokenBatch tokens,
            RunPlan plan,
            RunStart start,
            PassedStreams streams) {
        this.forward = forward;
        this.config = config;
        this.tokens = tokens;
        this.plan = plan;
        this.start = start;
        this.streams = streams;
        this.parts = new BlockActivations[config.nLayers() + 2];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = new BlockActivations();
        }
    }

    @Override
    public ImmutableSet<HookName> names() {
        return plan.kept();
    }

    @Override
    public @Nullable Tensor find(HookName name) {
        if (!plan.kept().contains(name)) {
            return null;
        }
        BlockActivations part = parts[
                switch (name.kind().place()) {
                    case BEFORE_BLOCKS -> 0;
                    case BLOCK -> 1 + name.layer();
                    case AFTER_BLOCKS -> parts.length - 1;
                }];
        ImmutableMap<HookName, Tensor> made = part.made;
        if (made == null) {
            made = run(name);
            part.made = made;
        }
        return made.get(name);
    }

    private ImmutableMap<HookName, Tensor> run(HookName name) {
        var run = new ForwardRun(config, tokens, 0, plan.lanes(), plan, new Scratch(), StreamWatch.NOBODY);
        switch (name.kind().place()) {
            case BEFORE_BLOCKS -> forward.embed(run);
            case BLOCK -> forward.block(run, start, name.layer(), before(run, name.layer()));
            case AFTER_BLOCKS -> forward.unembed(run, before(run, plan.stop()));
        }
        return run.kept();
    }

    /** The stream that a block reads. Where nothing was added yet, it is the very one that the run was given. */
    private double[] before(ForwardRun run, int layer) {
        boolean given = !start.atEmbedding() && !start.addsBefore(layer);
        return given ? ForwardPass.given(run, start, 0, layer) : streams.before(layer);
    }
}
