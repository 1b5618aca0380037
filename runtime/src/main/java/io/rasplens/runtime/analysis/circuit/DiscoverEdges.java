package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimaps;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.patch.PathPatch;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Finds a circuit by experiment, as ACDC does (Conmy et al. 2023): from the logits backwards, each edge is cut, its reader being given
 * what the sender writes on another input, and stays cut if the answers stay. What is left is what the answers hang on.
 *
 * <p>Answers are decoded, so that an edge is needed or not, without a threshold. An edge that the inputs never show to matter is cut
 * though the weights have it.
 */
public final class DiscoverEdges {
    private final HookedTransformer model;
    private final ImmutableList<Batch> batches;

    /** Inputs of one length, what the model answers, and runs in which other inputs' outputs can be read. */
    private record Batch(TokenBatch tokens, ImmutableList<ImmutableList<Value>> answers, PathPatch patch) {}

    private DiscoverEdges(HookedTransformer model, ImmutableList<Batch> batches) {
        this.model = model;
        this.batches = batches;
    }

    /**
     * The edges that are needed.
     *
     * @param inputs on which the answers must stay; each is given parts of another of its length
     * @param seed chooses which
     */
    public static ImmutableSet<Edge> discover(HookedTransformer model, List<? extends List<Value>> inputs, long seed) {
        if (inputs.isEmpty()) {
            throw new EngineException(
                    EngineCode.EMPTY_INPUT,
                    "there is no input to compare answers on",
                    "give one or more, as lists of tokens");
        }
        Edge.requireNoFinalNorm(model.model());
        var random = new Random(seed);
        ImmutableListMultimap<Integer, ? extends List<Value>> byLength = Multimaps.index(inputs, List::size);
        ImmutableList.Builder<Batch> batches = ImmutableList.builder();
        byLength.asMap().values().forEach(group -> {
            // One cycle through all of them, so that inputs with different answers give each other parts.
            List<List<Value>> cycle = new ArrayList<>(group);
            Collections.shuffle(cycle, random);
            List<List<Value>> donors = new ArrayList<>(cycle);
            Collections.rotate(donors, 1);
            TokenBatch tokens = model.encodeBatch(cycle);
            batches.add(new Batch(
                    tokens,
                    model.decode(model.forward(tokens), tokens),
                    new PathPatch(model, tokens, model.encodeBatch(donors))));
        });
        return new DiscoverEdges(model, batches.build()).discover();
    }

    private ImmutableSet<Edge> discover() {
        ImmutableList<Edge> all = Edge.all(model.model());
        Set<Edge> cut = new LinkedHashSet<>();
        for (Edge edge : Lists.reverse(all)) {
            cut.add(edge);
            if (!answersStay(cut)) {
                cut.remove(edge);
            }
        }
        return all.stream().filter(edge -> !cut.contains(edge)).collect(ImmutableSet.toImmutableSet());
    }

    private boolean answersStay(Set<Edge> cut) {
        for (Batch batch : batches) {
            Tensor logits = batch.patch().run(cut);
            ImmutableList<ImmutableList<Value>> answers = model.decode(logits, batch.tokens());
            for (int row = 0; row < answers.size(); row++) {
                if (Agreement.firstDifference(batch.answers().get(row), answers.get(row))
                        .isPresent()) {
                    return false;
                }
            }
        }
        return true;
    }
}
