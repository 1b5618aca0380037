package io.rasplens.runtime.analysis;

import io.rasplens.compiler.model.CompiledModel;
import java.util.List;

/** A transformer as the verifier needs it: what goes in, what comes out, and a look inside. */
interface Subject {
    CompiledModel model();

    /**
     * Logits {@code [batch][pos][dVocabOut]}.
     *
     * @param ids rows of equal length, BOS first
     */
    double[][][] logits(List<int[]> ids);

    /** One activation {@code [pos][dModel]} of a run on one input. */
    double[][] activation(int[] ids, String hook);
}
