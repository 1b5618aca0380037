package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PointsTest {
    @Test
    void numbersAreSortedAndThoseAnUlpApartAreOne() {
        Points points = Points.of(new double[] {0.5, 0.1 + 0.2, 2, 0.3});

        assertThat(points.at().toArray()).containsExactly(0.3, 0.5, 2);
        assertThat(points.of().toArray()).containsExactly(1, 0, 2, 0);
        assertThat(points.range()).isEqualTo(1.7);
    }

    @Test
    void theLeastDistanceIsRelativeToTheGreatestNumber() {
        assertThat(Points.of(new double[] {0, 0.25, 0.75}).fineness()).isEqualTo(0.25);
        assertThat(Points.of(new double[] {-1000, 0, 1}).fineness()).isCloseTo(1e-3, within(1e-12));
    }
}
