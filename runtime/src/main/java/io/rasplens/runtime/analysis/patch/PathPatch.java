package io.rasplens.runtime.analysis.patch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.Via;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Path patching: a run in which some parts read what another part wrote in another run, and everything else as it is (Goldowsky-Dill
 * et al. 2023). Only the reader's own input is edited; what it then writes goes on to everybody. Exact: what a part writes is added
 * to the stream, so that the edit is a difference of two outputs, before the reader's own normalisation.
 */
public final class PathPatch {
    private final HookedTransformer model;
    private final TokenBatch tokens;
    private final ActivationCache donor;

    /**
     * Runs the donor once.
     *
     * @param tokens the inputs of the patched runs
     * @param donor the inputs whose parts' outputs are put in place, of the same lengths
     */
    public PathPatch(HookedTransformer model, TokenBatch tokens, TokenBatch donor) {
        Recovery.requireSameShape(donor, tokens);
        this.model = model;
        this.tokens = tokens;
        this.donor = model.runWithCache(
                        donor,
                        RunOptions.PLAIN.names(outputs(model).stream()
                                .map(HookName::text)
                                .distinct()
                                .toArray(String[]::new)))
                .cache();
    }

    /** The logits when along these edges the donor's output is read in place of the run's own. */
    public Tensor run(Collection<Edge> edges) {
        if (model.config().normalization() != Normalization.NONE
                && edges.stream().anyMatch(edge -> edge.via() == Via.LOGITS)) {
            Edge.requireNoFinalNorm(model.model());
        }
        Map<HookName, Tensor> written = new HashMap<>();
        ImmutableList.Builder<HookAssignment> hooks = ImmutableList.builder();
        edges.stream()
                .map(edge -> edge.from().output())
                .distinct()
                .forEach(name -> hooks.add(
                        HookAssignment.of(name, Hook.observe((activation, point) -> written.put(name, activation)))));
        ImmutableListMultimap<HookName, Edge> byInput =
                Multimaps.index(edges, edge -> edge.via().input(edge.to()));
        byInput.asMap()
                .forEach((input, readers) -> hooks.add(HookAssignment.of(
                        input,
                        Hook.replace((activation, point) -> edited(activation, List.copyOf(readers), written)))));
        return model.forward(tokens, RunOptions.PLAIN.hooks(hooks.build()));
    }

    /**
     * How much each single edge carries.
     *
     * @param metric of the logits
     * @return receivers down, as {@code blocks.1.attn.head.0:k}, senders across; absent where the receiver comes first
     */
    public LabelledTable direct(ToDoubleFunction<Tensor> metric) {
        ImmutableList<Edge> edges = Edge.all(model.model());
        Map<String, Map<String, Edge>> cells = new LinkedHashMap<>();
        edges.forEach(edge -> cells.computeIfAbsent(edge.to() + ":" + edge.via().word(), row -> new HashMap<>())
                .put(edge.from().id(), edge));
        ImmutableList<String> senders =
                edges.stream().map(edge -> edge.from().id()).distinct().collect(ImmutableList.toImmutableList());
        ImmutableList<String> receivers = ImmutableList.copyOf(cells.keySet());
        return LabelledTable.of("path", "reader", receivers, "writer", senders, (row, column) -> {
            Edge edge = cells.getOrDefault(receivers.get(row), Map.of()).get(senders.get(column));
            return edge == null ? Double.NaN : metric.applyAsDouble(run(List.of(edge)));
        });
    }

    private Tensor edited(Tensor input, List<Edge> readers, Map<HookName, Tensor> written) {
        double[] values = input.toArray();
        int width = model.config().dModel();
        int rows = tokens.size() * tokens.positions();
        for (Edge edge : readers) {
            boolean perHead = edge.to().kind() == Component.ComponentKind.HEAD;
            int stride = perHead ? model.config().nHeads() * width : width;
            int offset = perHead ? edge.to().head() * width : 0;
            Tensor own =
                    java.util.Objects.requireNonNull(written.get(edge.from().output()));
            Tensor other = donor.get(edge.from().output());
            boolean fromHead = edge.from().kind() == Component.ComponentKind.HEAD;
            int fromStride = fromHead ? model.config().nHeads() * width : width;
            int fromOffset = fromHead ? edge.from().head() * width : 0;
            for (int row = 0; row < rows; row++) {
                for (int d = 0; d < width; d++) {
                    int from = row * fromStride + fromOffset + d;
                    if (own.at(from) != other.at(from)) {
                        values[row * stride + offset + d] += other.at(from) - own.at(from);
                    }
                }
            }
        }
        return Tensor.adopt(values, input.axes());
    }

    private static ImmutableList<HookName> outputs(HookedTransformer model) {
        return Component.all(model.model()).stream()
                .filter(Component::writes)
                .map(Component::output)
                .collect(ImmutableList.toImmutableList());
    }
}
