package io.rasplens.runtime.tensor;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of float64 numbers with named axes, row-major. What a hook is shown and a cache keeps: a snapshot that
 * nothing can change afterwards.
 */
public final class Tensor {
    private final ImmutableList<Axis> axes;
    private final int length;
    /** Null until somebody asks for them. */
    private volatile double @Nullable [] values;

    /** Makes the numbers, the same each time. */
    private final Supplier<double[]> source;

    private Tensor(double[] values, ImmutableList<Axis> axes) {
        this.axes = axes;
        this.length = values.length;
        this.source = () -> values;
        this.values = filling(values, axes);
    }

    private Tensor(Supplier<double[]> source, ImmutableList<Axis> axes) {
        this.axes = axes;
        this.length = Math.toIntExact(length(axes));
        this.source = source;
    }

    private static double[] filling(double[] values, ImmutableList<Axis> axes) {
        if (length(axes) != values.length) {
            throw wrongShape(values.length + " values do not fill " + describe(axes));
        }
        return values;
    }

    /** The numbers. Two threads that ask for the first time may both make them, and make the same. */
    private double[] values() {
        double[] made = values;
        if (made == null) {
            made = filling(source.get(), axes);
            values = made;
        }
        return made;
    }

    /** A tensor of a copy of the values, axes named {@code axis0}, {@code axis1}, …. */
    public static Tensor of(double[] values, int... shape) {
        return new Tensor(
                values.clone(),
                IntStream.range(0, shape.length)
                        .mapToObj(i -> new Axis("axis" + i, shape[i]))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** A tensor of a copy of the values. */
    public static Tensor of(double[] values, List<Axis> axes) {
        return new Tensor(values.clone(), ImmutableList.copyOf(axes));
    }

    /** A tensor that takes the array over without a copy. The caller must not write to it any more. */
    public static Tensor adopt(double[] values, List<Axis> axes) {
        return new Tensor(values, ImmutableList.copyOf(axes));
    }

    /** Tensors that differ at most in the size of one axis, one after another along it. */
    public static Tensor concat(String axis, List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw wrongShape("nothing to put together along '" + axis + "'");
        }
        Tensor first = parts.get(0);
        int at = first.axis(axis);
        int total = 0;
        for (Tensor part : parts) {
            if (part.rank() != first.rank() || !Arrays.equals(part.sizesWithout(at), first.sizesWithout(at))) {
                throw wrongShape(
                        describe(part.axes) + " does not fit to " + describe(first.axes) + " along '" + axis + "'");
            }
            total += part.size(at);
        }
        int inner = first.inner(at);
        var axes = new ArrayList<Axis>(first.axes);
        axes.set(at, new Axis(axis, total));
        var out = new double[Math.toIntExact(length(axes))];
        int outer = total * inner == 0 ? 0 : out.length / (total * inner);
        int to = 0;
        for (int o = 0; o < outer; o++) {
            for (Tensor part : parts) {
                int block = part.size(at) * inner;
                System.arraycopy(part.values(), o * block, out, to, block);
                to += block;
            }
        }
        return new Tensor(out, ImmutableList.copyOf(axes));
    }

    /** Tensors of one shape on top of each other, under a new first axis. */
    public static Tensor stack(String axis, List<Tensor> parts) {
        return concat(
                axis,
                parts.stream()
                        .map(part -> part.reshape(ImmutableList.<Axis>builder()
                                .add(new Axis(axis, 1))
                                .addAll(part.axes)
                                .build()))
                        .toList());
    }

    /**
     * A tensor whose numbers are made when they are first read.
     *
     * @param source makes the array, which becomes the tensor's; what it reads must never change
     */
    public static Tensor lazily(List<Axis> axes, Supplier<double[]> source) {
        return new Tensor(source, ImmutableList.copyOf(axes));
    }

    public static Tensor zeros(List<Axis> axes) {
        return new Tensor(new double[Math.toIntExact(length(axes))], ImmutableList.copyOf(axes));
    }

    /** How many numbers a tensor of these axes holds; may be more than an array can. */
    public static long length(List<Axis> axes) {
        long length = 1;
        for (Axis axis : axes) {
            length = Math.multiplyExact(length, (long) axis.size());
        }
        return length;
    }

    public ImmutableList<Axis> axes() {
        return axes;
    }

    public int rank() {
        return axes.size();
    }

    /** The axes' sizes. */
    public int[] shape() {
        return axes.stream().mapToInt(Axis::size).toArray();
    }

    public int size(int axis) {
        return axes.get(axis).size();
    }

    public int size(String axis) {
        return axes.get(axis(axis)).size();
    }

    /** How many numbers there are. */
    public int length() {
        return length;
    }

    public double get(int... index) {
        return values()[offset(index)];
    }

    /** The number at a place of the row-major order. */
    public double at(int flat) {
        return values()[flat];
    }

    /** A copy of the numbers, row-major. */
    public double[] toArray() {
        return values().clone();
    }

    /** A copy of the numbers from {@code flat} on, row-major. */
    public double[] toArray(int flat, int count) {
        return Arrays.copyOfRange(values(), flat, flat + count);
    }

    /**
     * The part at one index of a named axis, without that axis.
     *
     * @param index negative counts from the end
     */
    public Tensor slice(String axis, int index) {
        return slice(axis(axis), index);
    }

    /**
     * The part at one index of an axis, without that axis.
     *
     * @param index negative counts from the end
     */
    public Tensor slice(int axis, int index) {
        int size = size(axis);
        int from = index < 0 ? index + size : index;
        if (from < 0 || from >= size) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "no index " + index + " on axis " + axes.get(axis) + " of " + describe(axes));
        }
        int inner = inner(axis);
        int outer = inner == 0 || size == 0 ? 0 : length / inner / size;
        var out = new double[outer * inner];
        for (int o = 0; o < outer; o++) {
            System.arraycopy(values(), (o * size + from) * inner, out, o * inner, inner);
        }
        var rest = ImmutableList.<Axis>builder()
                .addAll(axes.subList(0, axis))
                .addAll(axes.subList(axis + 1, rank()))
                .build();
        return new Tensor(out, rest);
    }

    /** A copy with one number changed. */
    public Tensor with(double value, int... index) {
        double[] copy = values().clone();
        copy[offset(index)] = value;
        return new Tensor(copy, axes);
    }

    /** A copy with the part at one index of a named axis replaced; the inverse of {@link #slice(String, int)}. */
    public Tensor withSlice(String axis, int index, Tensor part) {
        int at = axis(axis);
        int size = size(at);
        int from = index < 0 ? index + size : index;
        Tensor old = slice(at, index);
        if (!Arrays.equals(old.shape(), part.shape())) {
            throw wrongShape(
                    "a part of shape " + describe(part.axes) + " does not fit in the place of " + describe(old.axes));
        }
        int inner = inner(at);
        double[] copy = values().clone();
        for (int o = 0; o * inner < part.length(); o++) {
            System.arraycopy(part.values(), o * inner, copy, (o * size + from) * inner, inner);
        }
        return new Tensor(copy, axes);
    }

    public Tensor map(DoubleUnaryOperator function) {
        double[] own = values();
        var out = new double[length];
        for (int i = 0; i < out.length; i++) {
            out[i] = function.applyAsDouble(own[i]);
        }
        return new Tensor(out, axes);
    }

    public Tensor plus(Tensor other) {
        return combine(other, Double::sum);
    }

    public Tensor minus(Tensor other) {
        return combine(other, (a, b) -> a - b);
    }

    public Tensor plus(double term) {
        return map(x -> x + term);
    }

    public Tensor times(double factor) {
        return map(x -> x * factor);
    }

    /** Number by number. */
    public Tensor times(Tensor other) {
        return combine(other, (a, b) -> a * b);
    }

    /** Number by number. */
    public Tensor dividedBy(Tensor other) {
        return combine(other, (a, b) -> a / b);
    }

    /** All numbers added up in order. */
    public double sum() {
        double sum = 0;
        for (double value : values()) {
            sum += value;
        }
        return sum;
    }

    /** The mean of all numbers; NaN of none. */
    public double mean() {
        return sum() / length;
    }

    /** The greatest number; NaN if one of them is, negative infinity of none. */
    public double max() {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values()) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** The sums along a named axis, which is gone afterwards. */
    public Tensor sum(String axis) {
        return new AlongAxis(this, axis(axis)).fold(0, Double::sum);
    }

    /** The means along a named axis, which is gone afterwards; NaN where the axis is empty. */
    public Tensor mean(String axis) {
        int size = size(axis);
        return sum(axis).map(sum -> sum / size);
    }

    /** The greatest numbers along a named axis, which is gone afterwards; NaN where one of them is. */
    public Tensor max(String axis) {
        return new AlongAxis(this, axis(axis)).fold(Double.NEGATIVE_INFINITY, Math::max);
    }

    /** Where along a named axis the greatest number stands, the first of equals; NaN counts as the greatest. */
    public Tensor argmax(String axis) {
        return new AlongAxis(this, axis(axis)).argmax();
    }

    /**
     * Some neighbouring indices of a named axis.
     *
     * @param from the first; negative counts from the end
     * @param to behind the last; negative counts from the end
     */
    public Tensor range(String axis, int from, int to) {
        return new AlongAxis(this, axis(axis)).range(from, to);
    }

    /** The tensor with two named axes in each other's place. */
    public Tensor transpose(String one, String other) {
        return new AlongAxis(this, axis(one)).swap(axis(other));
    }

    /**
     * The matrix product over the last two axes, {@code […, m, k]·[…, k, n]}, the sums going up from +0.0; all axes before them
     * are the same in both, or the other has none: then each matrix of this tensor is multiplied by the one.
     *
     * @return {@code […, m, n]}
     */
    public Tensor product(Tensor other) {
        return MatrixProduct.of(this, other);
    }

    /** The greatest absolute difference of any two numbers; NaN if one of them is. Equal infinities do not differ. */
    public double maxDifference(Tensor other) {
        requireSameShape(other);
        double worst = 0;
        double[] own = values();
        double[] others = other.values();
        for (int i = 0; i < length; i++) {
            double difference = own[i] == others[i] ? 0 : Math.abs(own[i] - others[i]);
            worst = Math.max(worst, difference);
        }
        return worst;
    }

    /** Whether no number is infinite or NaN. */
    public boolean isFinite() {
        double probe = 0;
        for (double value : values()) {
            probe += value * 0;
        }
        return probe == 0;
    }

    /** The same numbers in the same order under other axes. */
    public Tensor reshape(List<Axis> newAxes) {
        return new Tensor(values(), ImmutableList.copyOf(newAxes));
    }

    /** A rank-2 tensor as an EJML matrix (a copy). */
    public DMatrixRMaj toMatrix() {
        if (rank() != 2) {
            throw wrongShape("only a tensor of two axes is a matrix, this one is " + describe(axes));
        }
        return new DMatrixRMaj(size(0), size(1), true, values().clone());
    }

    /** The place of a named axis. */
    public int axis(String name) {
        for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).name().equals(name)) {
                return i;
            }
        }
        throw wrongShape("no axis '" + name + "' in " + describe(axes));
    }

    /** Shapes as people write them: {@code [batch 1, pos 4, d_model 41]}. */
    public static String describe(List<Axis> axes) {
        return axes.stream().map(a -> a.name() + " " + a.size()).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Same axes and bitwise the same numbers (so 0.0 is not -0.0, and NaN is NaN). */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && axes.equals(that.axes) && Arrays.equals(values(), that.values());
    }

    @Override
    public int hashCode() {
        return 31 * axes.hashCode() + Arrays.hashCode(values());
    }

    /** The axes, and the numbers in brackets as NumPy writes them, of a long axis only the ends. */
    @Override
    public String toString() {
        return "Tensor" + describe(axes) + " " + ShowTensor.of(this);
    }

    private Tensor combine(Tensor other, DoubleBinaryOperator operator) {
        requireSameShape(other);
        double[] own = values();
        double[] others = other.values();
        var out = new double[length];
        for (int i = 0; i < out.length; i++) {
            out[i] = operator.applyAsDouble(own[i], others[i]);
        }
        return new Tensor(out, axes);
    }

    private void requireSameShape(Tensor other) {
        if (!Arrays.equals(shape(), other.shape())) {
            throw wrongShape(describe(axes) + " and " + describe(other.axes) + " are not of one shape");
        }
    }

    private int[] sizesWithout(int axis) {
        return IntStream.range(0, rank()).filter(i -> i != axis).map(this::size).toArray();
    }

    private int inner(int axis) {
        int inner = 1;
        for (int i = axis + 1; i < rank(); i++) {
            inner *= size(i);
        }
        return inner;
    }

    private int offset(int[] index) {
        if (index.length != rank()) {
            throw wrongShape(index.length + " indices for " + describe(axes));
        }
        int offset = 0;
        for (int i = 0; i < index.length; i++) {
            int size = size(i);
            if (index[i] < 0 || index[i] >= size) {
                throw wrongShape("index " + Arrays.toString(index) + " is outside " + describe(axes));
            }
            offset = offset * size + index[i];
        }
        return offset;
    }

    private static EngineException wrongShape(String message) {
        return new EngineException(EngineCode.WRONG_SHAPE, message);
    }
}
