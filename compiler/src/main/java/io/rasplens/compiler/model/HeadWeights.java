package io.rasplens.compiler.model;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * One attention head. Query and key share one width ({@code qk}), value and output another ({@code ov}); neither need be the
 * config's {@code dHead}, to which a file pads them.
 *
 * @param wQ {@code [dModel, qk]}
 * @param bQ {@code [qk]}
 * @param wK {@code [dModel, qk]}
 * @param bK {@code [qk]}
 * @param wV {@code [dModel, ov]}
 * @param bV {@code [ov]}
 * @param wO {@code [ov, dModel]}
 */
public record HeadWeights(
        WeightMatrix wQ,
        ImmutableDoubleArray bQ,
        WeightMatrix wK,
        ImmutableDoubleArray bK,
        WeightMatrix wV,
        ImmutableDoubleArray bV,
        WeightMatrix wO) {
    public HeadWeights {
        Shapes.check("W_K", wK, wQ.rows(), wQ.columns());
        Shapes.check("b_Q", bQ, wQ.columns());
        Shapes.check("b_K", bK, wQ.columns());
        Shapes.check("b_V", bV, wV.columns());
        Shapes.check("W_V", wV, wQ.rows(), wV.columns());
        Shapes.check("W_O", wO, wV.columns(), wQ.rows());
    }

    public int queryKeyWidth() {
        return wQ.columns();
    }

    public int valueWidth() {
        return wV.columns();
    }
}
