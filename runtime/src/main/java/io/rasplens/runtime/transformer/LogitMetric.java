package io.rasplens.runtime.transformer;

import io.rasplens.runtime.tensor.Tensor;

/** A number made from logits, as its gradient by them; what is differentiated back through the model. */
@FunctionalInterface
public interface LogitMetric {
    /**
     * The number's derivative by each logit.
     *
     * @param logits {@code [batch, pos, d_vocab_out]}
     * @return of the same shape
     */
    Tensor gradient(Tensor logits);

    /** One logit of one input at one position. */
    static LogitMetric logit(int input, int position, int output) {
        return logits -> Tensor.zeros(logits.axes()).with(1, input, position, output);
    }

    /** How much one logit is above another, of one input at one position. */
    static LogitMetric difference(int input, int position, int output, int than) {
        return logits -> Tensor.zeros(logits.axes())
                .with(1, input, position, output)
                .minus(Tensor.zeros(logits.axes()).with(1, input, position, than));
    }
}
