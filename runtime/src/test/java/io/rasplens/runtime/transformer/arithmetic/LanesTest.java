package io.rasplens.runtime.transformer.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many inputs go together, and how their rows lie side by side. */
class LanesTest {
    /** Some 768 rows, but no more than 128 inputs and no fewer than 32; from 32 positions on each input by itself. */
    @Test
    void asManyInputsAsStayNear() {
        assertThat(Lanes.together(1)).isEqualTo(128);
        assertThat(Lanes.together(6)).isEqualTo(128);
        assertThat(Lanes.together(8)).isEqualTo(96);
        assertThat(Lanes.together(24)).isEqualTo(32);
        assertThat(Lanes.together(31)).isEqualTo(32);
        assertThat(Lanes.together(32)).isEqualTo(1);
        assertThat(Lanes.together(1000)).isEqualTo(1);
    }

    @Test
    void columnsAreFilledUpToFours() {
        assertThat(new Lanes(1, 1).stride()).isEqualTo(4);
        assertThat(new Lanes(2, 2).stride()).isEqualTo(4);
        assertThat(new Lanes(5, 1).stride()).isEqualTo(8);
        assertThat(new Lanes(4, 2).stride()).isEqualTo(8);
        assertThat(new Lanes(3, 3).stride()).isEqualTo(12);
        assertThat(new Lanes(3, 3).rows()).isEqualTo(9);
    }
}
