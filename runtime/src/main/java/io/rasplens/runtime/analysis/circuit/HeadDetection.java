package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which head looks at what: how close a head's pattern is to what a selector says it should be. For each query that selects
 * something, the pattern over the keys without BOS, made to add up to 1, against the selector's row divided by its width; 1 where they
 * are the same, 0 where they have nothing in common (one minus the total variation distance), the mean over all such queries.
 */
public final class HeadDetection {
    private final HookedTransformer model;
    private final boolean causal;

    private HeadDetection(HookedTransformer model, boolean causal) {
        this.model = model;
        this.causal = causal;
    }

    /**
     * Compares every head with every selector.
     *
     * @param selectors by the names to show
     * @param causal whether the program is
     * @return heads down, {@code 1.0} the first of layer 1, selectors across; absent for a selector that selects nothing on these
     *     inputs
     */
    public static LabelledTable scores(
            HookedTransformer model,
            ImmutableMap<String, Selector> selectors,
            boolean causal,
            List<? extends List<Value>> inputs) {
        return new HeadDetection(model, causal).scores(selectors, inputs);
    }

    private LabelledTable scores(ImmutableMap<String, Selector> selectors, List<? extends List<Value>> inputs) {
        ImmutableList<Component> heads = Component.all(model.model()).stream()
                .filter(component -> component.kind() == Component.ComponentKind.HEAD)
                .collect(ImmutableList.toImmutableList());
        double[][] sums = new double[heads.size()][selectors.size()];
        int[] queries = new int[selectors.size()];
        for (List<Value> input : inputs) {
            List<Optional<SelectorMatrix>> matrices = new ArrayList<>();
            selectors.values().forEach(selector -> matrices.add(matrix(selector, input)));
            ActivationCache cache = model.runWithCache(
                            model.encode(input), RunOptions.PLAIN.names("blocks.*.attn.hook_pattern"))
                    .cache();
            for (int s = 0; s < matrices.size(); s++) {
                Optional<SelectorMatrix> matrix = matrices.get(s);
                for (int query = 0; matrix.isPresent() && query < input.size(); query++) {
                    if (matrix.get().width(query) > 0) {
                        queries[s]++;
                        for (int h = 0; h < heads.size(); h++) {
                            Component head = heads.get(h);
                            sums[h][s] += closeness(cache.pattern(head.layer()), head.head(), matrix.get(), query);
                        }
                    }
                }
            }
        }
        return LabelledTable.of(
                "closeness",
                "head",
                heads.stream().map(head -> head.layer() + "." + head.head()).collect(ImmutableList.toImmutableList()),
                "selector",
                selectors.keySet().asList(),
                (head, selector) -> queries[selector] == 0 ? Double.NaN : sums[head][selector] / queries[selector]);
    }

    private Optional<SelectorMatrix> matrix(Selector selector, List<Value> input) {
        try {
            return Optional.of(Interpreter.evaluate(selector, input, causal));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** One minus half of what two distributions over the keys differ by. */
    private static double closeness(Tensor pattern, int head, SelectorMatrix selector, int query) {
        int keys = pattern.size(3) - 1;
        double total = 0;
        for (int key = 0; key < keys; key++) {
            total += pattern.get(0, head, query + 1, key + 1);
        }
        if (!(total > 0)) {
            return 0;
        }
        double difference = 0;
        for (int key = 0; key < keys; key++) {
            double wanted = selector.selects(query, key) ? 1.0 / selector.width(query) : 0;
            difference += Math.abs(pattern.get(0, head, query + 1, key + 1) / total - wanted);
        }
        return 1 - difference / 2;
    }
}
