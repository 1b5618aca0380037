package io.rasplens.compiler.certify;

import static io.rasplens.compiler.certify.ByHand.U;
import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several forms read at once: all queries of a head, all its values. */
class VectorBoundTest {
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction y = Direction.number(features.named("y"));
    private final List<Direction> digit = ByHand.family(features, "digit", 3);
    private final StreamBounds stream = ByHand.stream(U);

    private void digits(double low, double high, double error, double share) {
        digit.forEach(d -> stream.write(d, new Bound(low, high, error, BinaryGrid.NONE), share));
    }

    @Test
    void numbersAreReadByAllForms() {
        stream.write(x, ByHand.number(-2, 3, 0.125), 0);
        stream.write(y, ByHand.number(1, 5, 0.25), 0);

        VectorBound both = stream.vector(List.of(LinearForm.of(x, 2).plus(LinearForm.of(y)), LinearForm.of(x, -4)));

        assertThat(both.sum()).isEqualTo((2 + 4) * 3 + 5);
        assertThat(both.most()).isEqualTo(12);
        double first = 2 * 0.125 + 0.25 + 5 * U * (2 * 3 + 5);
        double second = 4 * 0.125 + 4 * U * 12;
        assertThat(both.error()).isEqualTo(Math.max(first, second));
        assertThat(both.totalError()).isEqualTo(first + second);
        assertThat(both.terms()).isEqualTo(2);
        assertThat(both.exact()).isFalse();
    }

    /** As many forms as there are values; one of them is not 0. */
    @Test
    void aOneHotIsOneForm() {
        digits(0, 1, 0, 0);

        VectorBound each = stream.vector(digit.stream().map(LinearForm::of).toList());
        assertThat(each).isEqualTo(new VectorBound(1, 1, 0, 0, 1, true));
        VectorBound scaled =
                stream.vector(digit.stream().map(d -> LinearForm.of(d, 7)).toList());
        assertThat(scaled).isEqualTo(new VectorBound(7, 7, 0, 0, 1, true));
        VectorBound mixed = stream.vector(IntStream.range(0, 3)
                .mapToObj(i -> LinearForm.of(digit.get(i), 1 + i))
                .toList());
        assertThat(mixed).isEqualTo(new VectorBound(3, 3, 0, 0, 1, false));
    }

    /** Each form is wrong by its own value's error; all together by what the family is, times the largest column. */
    @Test
    void theErrorOfAFamilyIsSharedByItsForms() {
        digits(0, 1, 0.25, 0.0625);

        VectorBound each = stream.vector(List.of(
                LinearForm.of(digit.get(0), 2), LinearForm.of(digit.get(1), 4), LinearForm.of(digit.get(2), 4)));

        double joint = 3 * 0.0625;
        assertThat(each.error()).isEqualTo(4 * joint + 2 * U * (4 + 4 * joint));
        double strays = 2 * U * 3 * (4 + 4 * joint);
        double total = 4 * joint + strays + U * (1 + 3) * 4;
        assertThat(each.totalError()).isEqualTo(total);
        assertThat(each.exact()).isFalse();
    }

    @Test
    void formsOfOneValueAddUpInItsColumn() {
        digits(0, 1, 0.25, 0.0625);

        VectorBound two = stream.vector(List.of(
                LinearForm.of(digit.get(0), 2).plus(LinearForm.of(digit.get(1), 3)), LinearForm.of(digit.get(0), -4)));

        assertThat(two.sum()).isEqualTo(2 + 4);
        assertThat(two.most()).isEqualTo(4);
        assertThat(two.terms()).isEqualTo(2);
        double joint = 3 * 0.0625;
        // A form of two values, a form of one, each with what its noise makes round.
        double each = 3 * joint + 2 * U * 2 * (3 + 3 * joint) + 4 * joint + 2 * U * (4 + 4 * joint);
        double all = 6 * joint + 2 * U * 3 * (6 + 6 * joint) + 5 * U * 6;
        assertThat(two.totalError()).isEqualTo(Math.min(each, all));
    }

    /** Values that stand at -1 until another is on: they are there beside the one that is on. */
    @Test
    void whatIsBelowZeroCountsBesideTheValueThatIsOn() {
        stream.write(digit.get(0), ByHand.number(-1, 0, 0), 0);
        stream.write(digit.get(1), ByHand.number(0, 1, 0), 0);
        stream.write(digit.get(2), ByHand.number(0, 1, 0), 0);

        VectorBound three = stream.vector(List.of(
                LinearForm.of(digit.get(0), 2), LinearForm.of(digit.get(1), 4), LinearForm.of(digit.get(2), 5)));

        assertThat(three.sum()).isEqualTo(2 + 5);
        assertThat(three.terms()).isEqualTo(2);
        assertThat(three.most()).isEqualTo(5);
        assertThat(three.exact()).isFalse();
        // The first is rounded as a number of two terms.
        double first = 5 * U * 2;
        assertThat(three.totalError()).isEqualTo(Math.min(first, U * (2 + 3) * 7));
    }

    /** {@code 2 (d + 1)}: the constant is read with the value and cancels it. */
    @Test
    void whatStartsAtOneHasItsPartOfTheConstant() {
        stream.write(digit.get(0), ByHand.number(-1, 0, 0), 0);
        stream.write(digit.get(1), ByHand.number(0, 1, 0), 0);
        LinearForm starting = LinearForm.of(digit.get(0), 2).plus(LinearForm.constant(2));

        VectorBound two = stream.vector(List.of(starting, LinearForm.of(digit.get(1), 3)));

        assertThat(two.sum()).isEqualTo(3);
        assertThat(two.most()).isEqualTo(3);
        assertThat(two.terms()).isEqualTo(2);
        VectorBound more = stream.vector(List.of(starting.plus(LinearForm.constant(5)), LinearForm.of(digit.get(1))));
        assertThat(more.sum()).isEqualTo(5 + 2);
    }

    @Test
    void whatIsBelowZeroCountsByAsMuch() {
        stream.write(digit.get(0), ByHand.number(-0.5, 0, 0), 0);
        stream.write(digit.get(1), ByHand.number(0, 1, 0), 0);

        VectorBound two = stream.vector(List.of(LinearForm.of(digit.get(0), 2), LinearForm.of(digit.get(1), 4)));
        assertThat(two.sum()).isEqualTo(2 * 0.5 + 4);

        // Never on, it is one term alone: below zero.
        VectorBound one = stream.vector(List.of(LinearForm.of(digit.get(0), 2), LinearForm.of(x, 4)));
        assertThat(one.sum()).isEqualTo(1);
        assertThat(one.terms()).isEqualTo(1);
    }

    /** Of each form by itself every value may be wrong, of all together the family once: the sizes of both signs, and a number beside. */
    @Test
    void allFormsTogetherAreWrongByLessThanEach() {
        digits(-0.5, 1, 0.25, 0.0625);
        stream.write(y, ByHand.number(0, 1, 0.125), 0);

        VectorBound three = stream.vector(List.of(
                LinearForm.of(digit.get(0), 2).plus(LinearForm.of(y, 2)),
                LinearForm.of(digit.get(1)),
                LinearForm.of(digit.get(2))));

        assertThat(three.sum()).isEqualTo((2 + 1 + 1) * 0.5 + 2 + 2);
        assertThat(three.terms()).isEqualTo(3);
        double joint = 2 * 3 * 0.0625;
        double size = (2 + 1 + 1) * 0.5 + 2 + 2;
        double strays = 2 * U * 3 * (size + joint);
        // Three values below zero, one that is on, and the number.
        assertThat(three.totalError()).isEqualTo(2 * 0.125 + joint + strays + U * (5 + 3) * size);
    }

    /** Values without noise round nothing. */
    @Test
    void onlyNoiseStrays() {
        stream.write(digit.get(0), new Bound(0, 1, 0.25, BinaryGrid.NONE), 0.09375);
        stream.write(digit.get(1), new Bound(0, 1, 0.25, BinaryGrid.NONE), 0.09375);
        stream.write(digit.get(2), new Bound(0, 1, 0, BinaryGrid.NONE), 0);

        VectorBound each = stream.vector(digit.stream().map(LinearForm::of).toList());

        double joint = 2 * 0.09375;
        assertThat(each.totalError()).isEqualTo(joint + 2 * U * 2 * (1 + joint) + U * (1 + 3));
    }

    @Test
    void whatIsNotOnAtAllIsNoTerm() {
        VectorBound nothing = stream.vector(List.of(LinearForm.of(x, 3), LinearForm.of(y, 5)));
        assertThat(nothing.sum()).isZero();
        assertThat(nothing.terms()).isZero();
        assertThat(nothing.totalError()).isZero();
        assertThat(stream.vector(List.of())).isEqualTo(new VectorBound(0, 0, 0, 0, 0, true));
    }

    /** Multiples of one grid with room are not rounded: what is there is rounded alone. */
    @Test
    void intsOfAllFormsAreKept() {
        stream.write(x, ByHand.ints(0, 6, 0x1p-14), 0);
        stream.write(y, ByHand.ints(0, 2, 0x1p-14), 0);

        VectorBound both = stream.vector(List.of(LinearForm.of(x), LinearForm.of(y)));
        assertThat(both.totalError()).isEqualTo(0x1p-13 + 4 * U * 0x1p-13);
        stream.write(y, ByHand.number(0, 2, 0), 0);
        VectorBound one = stream.vector(List.of(LinearForm.of(x), LinearForm.of(y)));
        assertThat(one.totalError()).isGreaterThan(4 * U * 4);
        assertThat(one.exact()).isFalse();
    }

    @Test
    void familiesAreToldBySubject() {
        List<Direction> other = ByHand.family(features, "other", 2);
        LinearForm form = LinearForm.of(digit.get(0)).plus(LinearForm.of(x)).plus(LinearForm.of(other.get(1)));

        assertThat(StreamBounds.families(form))
                .containsExactlyInAnyOrder(digit.get(0).feature(), other.get(0).feature());
    }
}
