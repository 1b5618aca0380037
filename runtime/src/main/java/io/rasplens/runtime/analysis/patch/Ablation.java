package io.rasplens.runtime.analysis.patch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.StreamHooks;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/** Takes the parts of a model away, one by one, and counts the answers that stay. */
public final class Ablation {
    private final HookedTransformer model;
    private final AblationMethod method;
    private final ImmutableList<DonorBatch> batches;

    /**
     * How many answers stay without one part.
     *
     * @param id as in {@link Component#id}; for an s-op, its name
     * @param kind {@code head}, {@code mlp} or {@code sop}
     * @param agreement the share of positions, over all inputs, whose decoded answer is the whole model's
     */
    public record AblationResult(String id, String kind, double agreement) {}

    /**
     * Inputs of one length.
     *
     * @param donors for each input, the one it is resampled from
     */
    private record DonorBatch(
            TokenBatch tokens, ImmutableList<ImmutableList<Value>> answers, ImmutableList<Integer> donors) {}

    private Ablation(HookedTransformer model, AblationMethod method, ImmutableList<DonorBatch> batches) {
        this.model = model;
        this.method = method;
        this.batches = batches;
    }

    /**
     * Ablates every head, every MLP and every s-op that has directions of its own.
     *
     * @param inputs for which the answers are compared, and over which means are taken
     * @param seed chooses what is resampled
     */
    public static ImmutableList<AblationResult> all(
            HookedTransformer model, List<? extends List<Value>> inputs, AblationMethod method, long seed) {
        return all(model, inputs, method, seed, done -> true);
    }

    /**
     * The same for those who watch.
     *
     * @param goOn is told before each part how many are done; where it says no, these are all
     */
    public static ImmutableList<AblationResult> all(
            HookedTransformer model,
            List<? extends List<Value>> inputs,
            AblationMethod method,
            long seed,
            LongPredicate goOn) {
        if (inputs.isEmpty()) {
            throw new EngineException(
                    EngineCode.EMPTY_INPUT,
                    "there is no input to compare answers on",
                    "give one or more, as lists of tokens");
        }
        ImmutableListMultimap<Integer, ? extends List<Value>> byLength = Multimaps.index(inputs, List::size);
        var random = new Random(seed);
        ImmutableList.Builder<DonorBatch> batches = ImmutableList.builder();
        byLength.asMap().values().forEach(group -> {
            TokenBatch tokens = model.encodeBatch(List.copyOf(group));
            int shift = group.size() > 1 ? 1 + random.nextInt(group.size() - 1) : 0;
            ImmutableList.Builder<Integer> donors = ImmutableList.builder();
            for (int row = 0; row < group.size(); row++) {
                donors.add((row + shift) % group.size());
            }
            batches.add(new DonorBatch(tokens, model.decode(model.forward(tokens), tokens), donors.build()));
        });
        return new Ablation(model, method, batches.build()).all(goOn);
    }

    private ImmutableList<AblationResult> all(LongPredicate goOn) {
        List<AblationResult> results = new ArrayList<>();
        for (Component component : Component.all(model.model())) {
            boolean part =
                    component.kind() == Component.ComponentKind.HEAD || component.kind() == Component.ComponentKind.MLP;
            if (part && goOn.test(results.size())) {
                String kind = component.kind() == Component.ComponentKind.HEAD ? "head" : "mlp";
                results.add(new AblationResult(component.id(), kind, agreement(batch -> without(component, batch))));
            }
        }
        for (SopReadout readout : model.model().readouts()) {
            if (!readout.encodings().isEmpty() && goOn.test(results.size())) {
                results.add(new AblationResult(readout.sop(), "sop", agreement(batch -> without(readout, batch))));
            }
        }
        return ImmutableList.copyOf(results);
    }

    private interface AblatingHooks {
        ImmutableList<HookAssignment> of(DonorBatch batch);
    }

    private double agreement(AblatingHooks edits) {
        long same = 0;
        long all = 0;
        for (DonorBatch batch : batches) {
            Tensor logits = model.forward(batch.tokens(), RunOptions.PLAIN.hooks(edits.of(batch)));
            ImmutableList<ImmutableList<Value>> answers = model.decode(logits, batch.tokens());
            for (int row = 0; row < answers.size(); row++) {
                for (int p = 0; p < answers.get(row).size(); p++) {
                    boolean stays = Agreement.same(
                            batch.answers().get(row).get(p), answers.get(row).get(p));
                    same += stays ? 1 : 0;
                    all++;
                }
            }
        }
        return (double) same / all;
    }

    private ImmutableList<HookAssignment> without(Component component, DonorBatch batch) {
        if (component.kind() == Component.ComponentKind.MLP) {
            return ImmutableList.of(HookAssignment.of(
                    component.output(),
                    Hook.replace((out, point) -> instead(batch).apply(out))));
        }
        return ImmutableList.of(HookAssignment.of(
                HookName.z(component.layer()),
                Hook.replace((z, point) -> z.withSlice(
                        "head", component.head(), instead(batch).apply(z.slice("head", component.head()))))));
    }

    /** Each encoding where it is made. */
    private ImmutableList<HookAssignment> without(SopReadout readout, DonorBatch batch) {
        return readout.encodings().stream()
                .map(encoding -> HookAssignment.of(
                        StreamHooks.name(encoding.made(), model.config()),
                        Hook.replace((stream, point) -> edited(stream, encoding, batch))))
                .collect(ImmutableList.toImmutableList());
    }

    private Tensor edited(Tensor stream, SopEncoding encoding, DonorBatch batch) {
        double[] values = stream.toArray();
        double[] other = instead(batch).apply(stream).toArray();
        int width = stream.size(2);
        for (int from = 0; from < values.length; from += width) {
            for (int dimension : encoding.dimensions().asList()) {
                values[from + dimension] = other[from + dimension];
            }
        }
        return Tensor.adopt(values, stream.axes());
    }

    /** What stands for a part's activation {@code [batch, …]}. All inputs of a batch run at once, so that it holds the donors' too. */
    private UnaryOperator<Tensor> instead(DonorBatch batch) {
        return activation -> switch (method) {
            case ZERO -> Tensor.zeros(activation.axes());
            case MEAN -> mean(activation);
            case RESAMPLE -> {
                Tensor resampled = activation;
                for (int row = 0; row < batch.donors().size(); row++) {
                    resampled = resampled.withSlice(
                            "batch",
                            row,
                            activation.slice("batch", batch.donors().get(row)));
                }
                yield resampled;
            }
        };
    }

    private static Tensor mean(Tensor activation) {
        int rows = activation.size(0);
        Tensor sum = activation.slice("batch", 0);
        for (int row = 1; row < rows; row++) {
            sum = sum.plus(activation.slice("batch", row));
        }
        Tensor mean = sum.times(1.0 / rows);
        Tensor repeated = activation;
        for (int row = 0; row < rows; row++) {
            repeated = repeated.withSlice("batch", row, mean);
        }
        return repeated;
    }
}
