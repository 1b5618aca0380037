package io.rasplens.runtime.transformer;

import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.runtime.tensor.SparseRows;

/** One head's weights in the engine's form. */
final class Head {
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final SparseRows output;

    Head(HeadWeights weights) {
        query = new Linear(weights.wQ(), weights.bQ());
        key = new Linear(weights.wK(), weights.bK());
        value = new Linear(weights.wV(), weights.bV());
        output = SparseRows.of(weights.wO().csc());
    }

    /** {@code [dModel, qk]} */
    Linear query() {
        return query;
    }

    /** {@code [dModel, qk]} */
    Linear key() {
        return key;
    }

    /** {@code [dModel, ov]} */
    Linear value() {
        return value;
    }

    /** {@code [ov, dModel]} */
    SparseRows output() {
        return output;
    }
}
