package io.rasplens.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorTest {
    /** 0 to 23, {@code [a 2, b 3, c 4]}. */
    private static final Tensor COUNT = Tensor.of(
            IntStream.range(0, 24).asDoubleStream().toArray(),
            List.of(new Axis("a", 2), new Axis("b", 3), new Axis("c", 4)));

    private static void refused(ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE));
    }

    private static Tensor matrix(int rows, int columns, double... values) {
        return Tensor.of(values, List.of(new Axis("row", rows), new Axis("column", columns)));
    }

    @Test
    void reductionsAlongEachAxisAgreeWithLoops() {
        for (String axis : List.of("a", "b", "c")) {
            Tensor sum = COUNT.sum(axis);
            Tensor slices = COUNT.slice(axis, 0);
            for (int i = 1; i < COUNT.size(axis); i++) {
                slices = slices.plus(COUNT.slice(axis, i));
            }
            assertThat(sum).isEqualTo(slices);
            assertThat(COUNT.mean(axis)).isEqualTo(slices.times(1.0 / COUNT.size(axis)));
            assertThat(COUNT.max(axis)).isEqualTo(COUNT.slice(axis, -1));
            assertThat(COUNT.times(-1).max(axis)).isEqualTo(COUNT.slice(axis, 0).times(-1));
            assertThat(COUNT.argmax(axis).toArray()).containsOnly(COUNT.size(axis) - 1);
            assertThat(COUNT.times(-1).argmax(axis).toArray()).containsOnly(0);
        }
    }

    @Test
    void reductionsOfAll() {
        assertThat(COUNT.sum()).isEqualTo(276);
        assertThat(COUNT.mean()).isEqualTo(11.5);
        assertThat(COUNT.max()).isEqualTo(23);
        assertThat(COUNT.with(Double.NaN, 0, 0, 0).max()).isNaN();
        assertThat(Tensor.of(new double[0], 0).mean()).isNaN();
        assertThat(Tensor.of(new double[0], 0).max()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void theGreatestIsTheFirstOfEqualsAndNaNBeforeAll() {
        Tensor row = Tensor.of(new double[] {1, 3, 3, -0.0, 0.0}, 5);
        assertThat(row.argmax("axis0").at(0)).isEqualTo(1);
        assertThat(Tensor.of(new double[] {-0.0, 0.0}, 2).argmax("axis0").at(0)).isZero();
        assertThat(row.with(Double.NaN, 3).argmax("axis0").at(0)).isEqualTo(3);
        refused(() -> Tensor.of(new double[0], 0).argmax("axis0"));
    }

    @Test
    void rangesCountFromBothEnds() {
        assertThat(COUNT.range("b", 1, 3).toArray())
                .containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23);
        assertThat(COUNT.range("c", -2, -1).toArray()).containsExactly(2, 6, 10, 14, 18, 22);
        assertThat(COUNT.range("a", 0, 2)).isEqualTo(COUNT);
        assertThat(COUNT.range("a", 1, 1).length()).isZero();
        refused(() -> COUNT.range("a", 0, 3));
        refused(() -> COUNT.range("a", -3, 1));
        refused(() -> COUNT.range("a", 2, 1));
        refused(() -> COUNT.range("d", 0, 1));
    }

    @Test
    void arithmeticIsNumberByNumber() {
        assertThat(COUNT.plus(1).minus(COUNT).toArray()).containsOnly(1);
        assertThat(COUNT.times(COUNT).get(1, 2, 3)).isEqualTo(529);
        assertThat(COUNT.plus(1).dividedBy(COUNT.plus(1)).toArray()).containsOnly(1);
        assertThat(COUNT.map(Math::sqrt).get(0, 2, 1)).isEqualTo(3);
        assertThat(COUNT.maxDifference(COUNT.with(7, 0, 0, 1))).isEqualTo(6);
        refused(() -> COUNT.plus(COUNT.slice("a", 0)));
        refused(() -> COUNT.maxDifference(COUNT.slice("a", 0)));
    }

    @Test
    void axesChangePlaces() {
        Tensor swapped = COUNT.transpose("a", "c");
        assertThat(swapped.shape()).containsExactly(4, 3, 2);
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 3; b++) {
                for (int c = 0; c < 4; c++) {
                    assertThat(swapped.get(c, b, a)).isEqualTo(COUNT.get(a, b, c));
                }
            }
        }
        assertThat(swapped.transpose("c", "a")).isEqualTo(COUNT);
        assertThat(COUNT.transpose("b", "b")).isEqualTo(COUNT);
    }

    @Test
    void productsOfMatricesOneByOneOrAllByOne() {
        Tensor left = matrix(2, 3, 1, 2, 3, 4, 5, 6);
        Tensor right = matrix(3, 2, 7, 8, 9, 10, 11, 12);
        assertThat(left.product(right).toArray()).containsExactly(58, 64, 139, 154);
        assertThat(left.product(right).shape()).containsExactly(2, 2);

        Tensor batched = COUNT.product(COUNT.transpose("b", "c"));
        assertThat(batched.shape()).containsExactly(2, 3, 3);
        for (int a = 0; a < 2; a++) {
            Tensor one = COUNT.slice("a", a);
            assertThat(batched.slice("a", a)).isEqualTo(one.product(one.transpose("b", "c")));
        }
        Tensor byOne = COUNT.product(matrix(4, 1, 1, 1, 1, 1));
        assertThat(byOne.toArray()).isEqualTo(COUNT.sum("c").toArray());
        refused(() -> left.product(left));
        refused(() -> COUNT.product(COUNT));
        refused(() -> COUNT.slice("a", 0).product(COUNT));
        refused(() -> COUNT.product(COUNT.range("a", 0, 1).transpose("b", "c")));
        refused(() -> COUNT.product(Tensor.of(new double[4], 4)));
    }

    @Test
    void partsArePutTogether() {
        Tensor first = COUNT.range("b", 0, 1);
        Tensor rest = COUNT.range("b", 1, 3);
        assertThat(Tensor.concat("b", List.of(first, rest))).isEqualTo(COUNT);
        assertThat(Tensor.stack("a", List.of(COUNT.slice("a", 0), COUNT.slice("a", 1))))
                .isEqualTo(COUNT);
        refused(() -> Tensor.concat("b", List.of()));
        refused(() -> Tensor.concat("a", List.of(first, rest)));
        refused(() -> Tensor.concat("b", List.of(first, first.slice("a", 0))));
    }

    @Test
    void partsAreTakenOutAndPutBack() {
        assertThat(COUNT.slice("b", -1)).isEqualTo(COUNT.slice(1, 2));
        for (String axis : List.of("a", "b", "c")) {
            for (int i = 0; i < COUNT.size(axis); i++) {
                Tensor other = COUNT.slice(axis, i).plus(100);
                Tensor with = COUNT.withSlice(axis, i, other);
                assertThat(with.slice(axis, i)).isEqualTo(other);
                assertThat(with.withSlice(axis, i - COUNT.size(axis), COUNT.slice(axis, i)))
                        .isEqualTo(COUNT);
            }
        }
        refused(() -> COUNT.slice("a", 2));
        refused(() -> COUNT.slice("a", -3));
        refused(() -> COUNT.withSlice("a", 0, COUNT));
        refused(() -> COUNT.get(0, 0));
        refused(() -> COUNT.get(0, 3, 0));
        refused(() -> COUNT.get(0, -1, 0));
        refused(() -> COUNT.reshape(List.of(new Axis("x", 23))));
        refused(COUNT::toMatrix);
        assertThat(COUNT.slice("a", 1).toMatrix().get(2, 3)).isEqualTo(23);
        assertThat(COUNT.toArray(22, 2)).containsExactly(22, 23);
    }

    @Test
    void finiteIsWhatHasNoNaNAndNoInfinity() {
        assertThat(COUNT.isFinite()).isTrue();
        assertThat(COUNT.with(Double.NaN, 1, 2, 3).isFinite()).isFalse();
        assertThat(COUNT.with(Double.POSITIVE_INFINITY, 0, 0, 0).isFinite()).isFalse();
        assertThat(COUNT.times(-1).with(Double.NEGATIVE_INFINITY, 0, 1, 0).isFinite())
                .isFalse();
    }

    @Test
    void aLazyTensorIsMadeOnceWhenItIsRead() {
        var made = new AtomicInteger();
        Tensor lazy = Tensor.lazily(COUNT.axes(), () -> {
            made.incrementAndGet();
            return COUNT.toArray();
        });
        assertThat(lazy.shape()).containsExactly(2, 3, 4);
        assertThat(lazy.length()).isEqualTo(24);
        assertThat(made).hasValue(0);
        assertThat(lazy).isEqualTo(COUNT).hasSameHashCodeAs(COUNT);
        assertThat(lazy.sum()).isEqualTo(276);
        assertThat(made).hasValue(1);
        refused(() -> Tensor.lazily(COUNT.axes(), () -> new double[3]).at(0));
    }

    @Test
    void aTensorShowsItsAxesAndNumbers() {
        assertThat(COUNT.slice("a", 0)).hasToString("Tensor[b 3, c 4] [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]");
        assertThat(Tensor.of(new double[] {0.5, -0.0, Double.NaN}, 3)).hasToString("Tensor[axis0 3] [0.5, -0, NaN]");
        assertThat(Tensor.of(IntStream.range(0, 9).asDoubleStream().toArray(), 9))
                .hasToString("Tensor[axis0 9] [0, 1, 2, …, 6, 7, 8]");
        assertThat(Tensor.of(new double[8], 8)).hasToString("Tensor[axis0 8] [0, 0, 0, 0, 0, 0, 0, 0]");
        assertThat(Tensor.of(new double[] {7}, List.of())).hasToString("Tensor[] 7");
    }

    @Test
    void equalTensorsHaveTheSameAxesAndBits() {
        assertThat(COUNT).isNotEqualTo(COUNT.with(-0.0, 0, 0, 0)).isNotEqualTo(COUNT.transpose("a", "b"));
        assertThat(COUNT.reshape(List.of(new Axis("flat", 24)))).isNotEqualTo(COUNT);
        assertThatThrownBy(() -> new Axis("x", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Tensor.zeros(COUNT.axes()).toArray()).containsOnly(0);
        double[] given = {1, 2};
        Tensor copy = Tensor.of(given, 2);
        given[0] = 5;
        assertThat(copy.at(0)).isEqualTo(1);
    }
}
