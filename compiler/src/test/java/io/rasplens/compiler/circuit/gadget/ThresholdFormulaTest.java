package io.rasplens.compiler.circuit.gadget;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Weights for formulas of yes-or-no parts. */
class ThresholdFormulaTest {
    @Test
    void weightsAreSmall() {
        ThresholdFormula formula = find(3, bits -> bits.get(0) == 1 || (bits.get(1) == 1 && bits.get(2) == 1))
                .orElseThrow();

        assertThat(formula.weights())
                .containsExactly(ImmutableIntArray.of(0, 2), ImmutableIntArray.of(0, 1), ImmutableIntArray.of(0, 1));
        assertThat(formula.threshold()).isEqualTo(2);
    }

    @Test
    void everyThresholdFunctionOfThreePartsIsFoundAndNoOther() {
        int found = 0;
        for (int truths = 1; truths < 255; truths++) {
            int table = truths;
            Optional<ThresholdFormula> formula = find(3, bits -> holds(table, bits));
            if (formula.isPresent()) {
                found++;
                assertAgrees(formula.get(), table);
            }
        }
        // All threshold functions of three variables but the two constants.
        assertThat(found).isEqualTo(104 - 2);
    }

    @Test
    void partsMaySayMoreThanTwoThings() {
        ThresholdFormula formula = ThresholdFormula.of(
                        ImmutableIntArray.of(3, 2), said -> said.get(0) == 2 || (said.get(0) == 1 && said.get(1) == 1))
                .orElseThrow();

        assertThat(formula.weights()).containsExactly(ImmutableIntArray.of(0, 1, 2), ImmutableIntArray.of(0, 1));
    }

    private static Optional<ThresholdFormula> find(int parts, java.util.function.Predicate<ImmutableIntArray> holds) {
        ImmutableIntArray.Builder choices = ImmutableIntArray.builder();
        for (int p = 0; p < parts; p++) {
            choices.add(2);
        }
        return ThresholdFormula.of(choices.build(), holds);
    }

    private static boolean holds(int table, ImmutableIntArray bits) {
        return (table >> (bits.get(0) + 2 * bits.get(1) + 4 * bits.get(2)) & 1) == 1;
    }

    private static void assertAgrees(ThresholdFormula formula, int table) {
        for (int i = 0; i < 8; i++) {
            int sum = 0;
            for (int p = 0; p < 3; p++) {
                sum += formula.weights().get(p).get(i >> p & 1);
            }
            ImmutableIntArray bits = ImmutableIntArray.of(i & 1, i >> 1 & 1, i >> 2 & 1);
            assertThat(sum >= formula.threshold())
                    .as("table %d, %s", table, bits)
                    .isEqualTo(holds(table, bits));
        }
    }
}
