package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * What nodes are on one input, asked for one after another: what an earlier question needed is not computed again, so that a loop
 * may build one s-op from another 100,000 times and have each tried.
 */
public final class GrowingTrace {
    private final ImmutableList<Value> input;
    private final boolean causal;
    private Evaluation evaluation;

    /** @throws EvaluationException if the input is empty */
    public GrowingTrace(ImmutableList<Value> input, boolean causal) throws EvaluationException {
        this.input = input;
        this.causal = causal;
        this.evaluation = fresh();
    }

    public boolean isOn(ImmutableList<Value> otherInput, boolean otherCausal) {
        return causal == otherCausal && input.equals(otherInput);
    }

    /**
     * Why the node has no value, if it has none.
     *
     * @throws EvaluationException only if the work for this one node is beyond all bounds
     */
    public Optional<EvaluationException> failure(ProgramNode node) throws EvaluationException {
        try {
            return evaluation.failure(node);
        } catch (EvaluationException e) {
            // What earlier nodes left behind counts against the bounds too, and is not this one's fault.
            evaluation = fresh();
            return evaluation.failure(node);
        }
    }

    private Evaluation fresh() throws EvaluationException {
        return new Evaluation(ImmutableList.of(), input, causal, Evaluation.Retained.ALL, Overrides.NONE);
    }
}
