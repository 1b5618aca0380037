package io.rasplens.runtime.tensor;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** What is done along one axis of a tensor. */
final class AlongAxis {
    private final Tensor tensor;
    private final int axis;
    private final int size;
    /** Numbers between one index of the axis and the next. */
    private final int inner;

    AlongAxis(Tensor tensor, int axis) {
        this.tensor = tensor;
        this.axis = axis;
        this.size = tensor.size(axis);
        int step = 1;
        for (int i = axis + 1; i < tensor.rank(); i++) {
            step *= tensor.size(i);
        }
        this.inner = step;
    }

    /** Combines the numbers along the axis, from index 0 up. */
    Tensor fold(double start, DoubleBinaryOperator operator) {
        List<Axis> rest = without();
        var out = new double[Math.toIntExact(Tensor.length(rest))];
        for (int i = 0; i < out.length; i++) {
            double result = start;
            for (int index = 0; index < size; index++) {
                result = operator.applyAsDouble(result, tensor.at(flat(i, index)));
            }
            out[i] = result;
        }
        return Tensor.adopt(out, rest);
    }

    Tensor argmax() {
        if (size == 0) {
            throw wrong("nothing is the greatest along the empty axis "
                    + tensor.axes().get(axis));
        }
        List<Axis> rest = without();
        var out = new double[Math.toIntExact(Tensor.length(rest))];
        for (int i = 0; i < out.length; i++) {
            int best = 0;
            for (int index = 1; index < size; index++) {
                if (Double.compare(tensor.at(flat(i, index)) + 0.0, tensor.at(flat(i, best)) + 0.0) > 0) {
                    best = index;
                }
            }
            out[i] = best;
        }
        return Tensor.adopt(out, rest);
    }

    Tensor range(int from, int to) {
        int first = from < 0 ? from + size : from;
        int end = to < 0 ? to + size : to;
        if (first < 0 || end > size || first > end) {
            throw wrong("no indices " + from + " to " + to + " on axis "
                    + tensor.axes().get(axis).name() + " of " + Tensor.describe(tensor.axes()));
        }
        List<Axis> axes = with(axis, end - first);
        var out = new double[Math.toIntExact(Tensor.length(axes))];
        int block = (end - first) * inner;
        for (int i = 0; i < out.length; i++) {
            out[i] = tensor.at(i / block * size * inner + first * inner + i % block);
        }
        return Tensor.adopt(out, axes);
    }

    Tensor swap(int other) {
        List<Axis> axes = new ArrayList<>(tensor.axes());
        axes.set(axis, tensor.axes().get(other));
        axes.set(other, tensor.axes().get(axis));
        var steps = new int[tensor.rank()];
        int step = 1;
        for (int i = tensor.rank() - 1; i >= 0; i--) {
            steps[i] = step;
            step *= tensor.size(i);
        }
        int own = steps[axis];
        steps[axis] = steps[other];
        steps[other] = own;
        var out = new double[tensor.length()];
        for (int i = 0; i < out.length; i++) {
            int from = 0;
            int rest = i;
            for (int a = tensor.rank() - 1; a >= 0; a--) {
                from += rest % axes.get(a).size() * steps[a];
                rest /= axes.get(a).size();
            }
            out[i] = tensor.at(from);
        }
        return Tensor.adopt(out, axes);
    }

    /** The place of one index of the axis, for an entry of the tensor without the axis. */
    private int flat(int entry, int index) {
        return (entry / inner * size + index) * inner + entry % inner;
    }

    private List<Axis> without() {
        List<Axis> axes = new ArrayList<>(tensor.axes());
        axes.remove(axis);
        return axes;
    }

    private List<Axis> with(int place, int newSize) {
        List<Axis> axes = new ArrayList<>(tensor.axes());
        axes.set(place, new Axis(axes.get(place).name(), newSize));
        return ImmutableList.copyOf(axes);
    }

    private static EngineException wrong(String message) {
        return new EngineException(EngineCode.WRONG_SHAPE, message);
    }
}
