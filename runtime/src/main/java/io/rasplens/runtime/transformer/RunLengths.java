package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs inputs of different lengths, those of one length together, so that none needs padding. */
final class RunLengths {
    /** Numbers in the logits of one call at most. */
    private static final int NUMBERS = 1 << 20;

    private final HookedTransformer model;

    RunLengths(HookedTransformer model) {
        this.model = model;
    }

    /** The answers in the order of the inputs. */
    ImmutableList<ImmutableList<Value>> run(List<int[]> inputs) {
        if (inputs.isEmpty()) {
            throw new EngineException(EngineCode.EMPTY_INPUT, "there is no input to run on", "give at least one");
        }
        Map<Integer, List<Integer>> byLength = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            byLength.computeIfAbsent(inputs.get(i).length, length -> new ArrayList<>())
                    .add(i);
        }
        List<ImmutableList<Value>> answers = new ArrayList<>(inputs.size());
        inputs.forEach(input -> answers.add(ImmutableList.of()));
        byLength.forEach((length, places) -> {
            int most = Math.max(1, NUMBERS / (length * model.config().dVocabOut()));
            for (int from = 0; from < places.size(); from += most) {
                runEven(inputs, places.subList(from, Math.min(from + most, places.size())), answers);
            }
        });
        return ImmutableList.copyOf(answers);
    }

    private void runEven(List<int[]> inputs, List<Integer> places, List<ImmutableList<Value>> answers) {
        TokenBatch tokens = model.tokens(places.stream().map(inputs::get).toArray(int[][]::new));
        ImmutableList<ImmutableList<Value>> decoded = model.decode(model.forward(tokens), tokens);
        for (int i = 0; i < places.size(); i++) {
            answers.set(places.get(i), decoded.get(i));
        }
    }
}
