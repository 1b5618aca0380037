package io.rasplens.compiler.lower.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.model.Technique;
import org.junit.jupiter.api.Test;

/** What is known of programs: roundings, totals, whole numbers, sums of leaves. */
class FactsTest {
    private static final String COUNT = "n = selector_width(select(tokens, tokens, ==));\n";

    private static double rounding(String program) {
        Room room = Room.of(
                COUNT + "m = aggregate(select(indices, indices, <=), {\"a\": 0, \"b\": 1, \"c\": 2}[tokens]);\nx = "
                        + program + ";");
        return room.facts().rounding(room.output());
    }

    @Test
    void theProgramRoundsNoIntsAndNoHalvesOfThem() {
        assertThat(rounding("n + 3 * n")).isZero();
        assertThat(rounding("n / 2")).isZero();
        assertThat(rounding("indices / 3")).isZero();
    }

    @Test
    void aQuotientIsRoundedOnceAndASumOfSuchBySomewhatMore() {
        double once = rounding("n / 3");

        assertThat(once).isPositive().isLessThan(1e-15);
        assertThat(rounding("n / 3 + m / 7")).isGreaterThanOrEqualTo(once).isLessThan(1e-14);
    }

    @Test
    void whatIsRoundedToIntsLosesItsRounding() {
        assertThat(rounding("round(n / 3)")).isZero();
    }

    @Test
    void aGreatNumberInBetweenLeavesItsRounding() {
        assertThat(rounding("(m + 100000) - 100000")).isBetween(1e-12, 1e-9);
    }

    @Test
    void aConstantOrAFunctionOfOneVariableIsALookup() {
        assertThat(isLookup("3")).isTrue();
        assertThat(isLookup("tokens == \"a\"")).isTrue();
        assertThat(isLookup("n % 2")).isTrue();
        assertThat(isLookup("n + indices")).isFalse();
    }

    private static boolean isLookup(String program) {
        Room room = Room.of(COUNT + "x = " + program + ";");
        return room.facts().isLookup(room.output());
    }

    @Test
    void anAffineSumIsReadOffPlusMinusTimesAndDividedBy() {
        Room room = Room.of(COUNT + "x = 2 * (n - indices / 4) + 1 - n;");
        AffineSum sum = AffineSum.of(room.output(), sop -> false);

        assertThat(sum.constant()).isEqualTo(1);
        assertThat(sum.leaves().values()).containsExactlyInAnyOrder(1.0, -0.5);
    }

    @Test
    void aProductOfWhatVariesIsALeaf() {
        Room room = Room.of(COUNT + "x = n * indices + 1;");
        AffineSum sum = AffineSum.of(room.output(), sop -> false);

        assertThat(sum.leaves()).hasSize(1).containsValue(1.0);
    }

    @Test
    void aDifferenceOfEqualSumsIsNothing() {
        Room room = Room.of(COUNT + "x = n + indices;");
        AffineSum none = AffineSum.difference(room.output(), room.output(), sop -> false);

        assertThat(none.leaves().values())
                .allSatisfy(factor -> assertThat(factor).isCloseTo(0, within(0.0)));
    }

    @Test
    void valuesTooManyToListAreRefusedByName() {
        Room room = Room.of("""
                #@ vocab [-2, -1, 0, 1, 2]
                #@ max_length 12
                m = aggregate(select(indices, indices, <=), tokens_int);
                mm = aggregate(full_s, m);
                """);

        assertThat(room.facts().isListed(room.output())).isFalse();
        assertThatThrownBy(() -> room.facts().values(room.output()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'mm' takes too many values to be compared or looked up");
    }

    @Test
    void anOriginTellsNodeNameTextAndTechnique() {
        Room room = Room.of(COUNT + "x = n + 1;");
        var origin = room.facts().origin(room.output(), Technique.BENDS, "bends of x");

        assertThat(origin.sop()).isEqualTo("x");
        assertThat(origin.node()).hasValue(room.output().id());
        assertThat(origin.source().orElseThrow().text()).isEqualTo("n + 1");
        assertThat(origin.origin().technique()).contains(Technique.BENDS);
    }
}
