package io.rasplens.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;

class SopEncodingTest {
    /** Value + 1 and its square. */
    private final SopEncoding square = new SopEncoding.Polynomial(
            new StreamPoint(0, true),
            ImmutableIntArray.of(4, 7),
            WeightMatrix.builder(2, 3)
                    .add(0, 0, 1)
                    .add(0, 1, 1)
                    .add(1, 0, 1)
                    .add(1, 1, 2)
                    .add(1, 2, 1)
                    .build());

    private final SopEncoding oneHot = new SopEncoding.Listed(
            StreamPoint.EMBEDDING,
            ImmutableIntArray.of(0, 1),
            ImmutableList.of(Value.of("a"), Value.of(1)),
            WeightMatrix.builder(2, 2).add(0, 0, 1).add(1, 1, 1).build());

    @Test
    void aPolynomialWritesEachDimension() {
        assertThat(square.write(Value.of(3))).contains(ImmutableDoubleArray.of(4, 16));
        assertThat(square.write(Value.of(-0.5))).contains(ImmutableDoubleArray.of(0.5, 0.25));
        assertThat(square.write(Value.of("3"))).isEmpty();
        assertThat(square.write(Value.of(true))).isEmpty();
    }

    @Test
    void aListWritesWhatItLists() {
        assertThat(oneHot.write(Value.of("a"))).contains(ImmutableDoubleArray.of(1, 0));
        assertThat(oneHot.write(Value.of(1.0))).as("equal in RASP").contains(ImmutableDoubleArray.of(0, 1));
        assertThat(oneHot.write(Value.of(2))).isEmpty();
    }

    /** What a large number may be off by is more than what it is from its neighbours. */
    @Test
    void aListWritesTheNearestThatIsTheSame() {
        SopEncoding great = new SopEncoding.Listed(
                StreamPoint.EMBEDDING,
                ImmutableIntArray.of(0),
                ImmutableList.of(Value.of(5e11), Value.of(5e11 + 0.5), Value.of(5e11 + 1)),
                WeightMatrix.builder(3, 1)
                        .add(0, 0, 1)
                        .add(1, 0, 2)
                        .add(2, 0, 3)
                        .build());
        assertThat(great.write(Value.of(500_000_000_000L))).contains(ImmutableDoubleArray.of(1));
        assertThat(great.write(Value.of(5e11 + 0.4))).contains(ImmutableDoubleArray.of(2));
        assertThat(great.write(Value.of(5e11 + 100))).contains(ImmutableDoubleArray.of(3));
        assertThat(great.write(Value.of(5e11 + 600))).isEmpty();
    }

    @Test
    void pointsStandInTheOrderOfComputation() {
        assertThat(ImmutableList.of(
                        StreamPoint.EMBEDDING,
                        new StreamPoint(0, true),
                        new StreamPoint(0, false),
                        new StreamPoint(1, true)))
                .isSorted();
        assertThat(StreamPoint.end(0)).isEqualTo(StreamPoint.EMBEDDING);
        assertThatThrownBy(() -> new StreamPoint(-1, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
