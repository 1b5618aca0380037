package io.rasplens.runtime.analysis.circuit;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.cache.ComponentStack;
import io.rasplens.runtime.tensor.Tensor;

/** Direct logit attribution of a difference of answers: what each part adds to one answer's logit more than to another's. */
public final class AnswerAttribution {
    private AnswerAttribution() {}

    /**
     * What adds up to the difference of two logits, the unembedding's bias aside.
     *
     * @param components as the cache takes the stream apart, so that they add up
     * @return components down, positions across, BOS first
     */
    public static LabelledTable difference(
            ActivationCache cache, ComponentStack components, Value wanted, Value unwanted, int row) {
        if (row < 0 || row >= cache.tokens().size()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "there is no input " + row + " in a batch of "
                            + cache.tokens().size(),
                    "inputs count from 0");
        }
        Tensor of = cache.logitAttributions(components, wanted)
                .values()
                .minus(cache.logitAttributions(components, unwanted).values());
        ImmutableList<String> positions = LabelledTable.numbers(of.size(2));
        return LabelledTable.of(
                wanted.repr() + " less " + unwanted.repr(),
                "component",
                ImmutableList.copyOf(components.labels()),
                "pos",
                positions,
                (component, position) -> of.get(component, row, position));
    }
}
