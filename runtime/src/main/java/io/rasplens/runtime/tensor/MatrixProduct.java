package io.rasplens.runtime.tensor;

import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.ArrayList;
import java.util.List;

/** The matrix product over the last two axes, for all axes before them. */
final class MatrixProduct {
    private MatrixProduct() {}

    static Tensor of(Tensor left, Tensor right) {
        int rank = left.rank();
        boolean one = right.rank() == 2;
        boolean fits = rank >= 2
                && right.rank() >= 2
                && left.size(rank - 1) == right.size(right.rank() - 2)
                && (one || sameBefore(left, right));
        if (!fits) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    Tensor.describe(left.axes()) + " cannot be multiplied by " + Tensor.describe(right.axes()),
                    "the last axis of the first must be as long as the last but one of the second, the axes before them the same");
        }
        int rows = left.size(rank - 2);
        int inner = left.size(rank - 1);
        int columns = right.size(right.rank() - 1);
        List<Axis> axes = new ArrayList<>(left.axes().subList(0, rank - 1));
        axes.add(right.axes().get(right.rank() - 1));
        var out = new double[Math.toIntExact(Tensor.length(axes))];
        for (int i = 0; i < out.length; i++) {
            int row = i / columns;
            int matrix = one ? 0 : row / rows;
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += left.at(row * inner + k) * right.at((matrix * inner + k) * columns + i % columns);
            }
            out[i] = sum;
        }
        return Tensor.adopt(out, axes);
    }

    private static boolean sameBefore(Tensor left, Tensor right) {
        boolean same = left.rank() == right.rank();
        for (int axis = 0; same && axis < left.rank() - 2; axis++) {
            same = left.size(axis) == right.size(axis);
        }
        return same;
    }
}
