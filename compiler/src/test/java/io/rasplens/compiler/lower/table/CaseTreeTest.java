package io.rasplens.compiler.lower.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class CaseTreeTest {
    private static final int LIMIT = 1000;

    @Test
    void valuesThatMakeNoDifferenceAreOneTest() {
        // x in {0, 1} or {2, 3}, whatever y is.
        CaseTree tree = CaseTree.of(new int[] {4, 3}, new int[] {7, 7, 7, 7, 7, 7, 9, 9, 9, 9, 9, 9}, LIMIT)
                .orElseThrow();

        assertThat(tree.paths()).hasSize(2);
        assertThat(tree.paths().get(0).tests())
                .containsExactly(new CaseTree.ValueIn(0, BitSet.valueOf(new long[] {0b0011})));
        assertThat(tree.paths().get(1).tests())
                .containsExactly(new CaseTree.ValueIn(0, BitSet.valueOf(new long[] {0b1100})));
        assertThat(tree.units(tree.cheapestDefault())).isEqualTo(1);
    }

    @Test
    void cellsWithoutAValueAgreeWithAny() {
        CaseTree tree = CaseTree.of(new int[] {3}, new int[] {5, -1, 5}, LIMIT).orElseThrow();

        assertThat(tree.paths()).hasSize(1);
        assertThat(tree.paths().get(0).tests()).isEmpty();
        assertThat(tree.units(tree.cheapestDefault())).isZero();
    }

    @Test
    void aPathCostsOnlyWhereItsRowLeavesTheDefault() {
        // One-hot outside, a number of three points inside: the second row differs at the last point alone.
        CaseTree tree =
                CaseTree.of(new int[] {2}, new int[] {0, 1, 1, 0, 1, 2}, LIMIT).orElseThrow();

        assertThat(tree.units(new int[] {0, 1, 1})).isEqualTo(2 + 2);
        assertThat(tree.units(new int[] {0, 1, 2})).isEqualTo(2 * 2 + 2);
        assertThat(tree.cheapestDefault()).containsExactly(0, 1, 1);
    }

    @Test
    void moreCasesThanTheLimitAreNoAnswer() {
        assertThat(CaseTree.of(new int[] {2, 2}, new int[] {0, 1, 1, 0}, 4)).isPresent();
        assertThat(CaseTree.of(new int[] {2, 2}, new int[] {0, 1, 1, 0}, 3)).isEmpty();
    }

    @Test
    void gapsAreFilledWithoutAChange() {
        assertThat(CaseTree.filled(new int[] {-1, 4, -1, 6, -1})).containsExactly(4, 4, 4, 6, 6);
        assertThat(CaseTree.like(new int[] {1, 2, 3, 4}, new int[] {-1, -1, 9, -1}))
                .containsExactly(1, 2, 9, 9);
    }
}
