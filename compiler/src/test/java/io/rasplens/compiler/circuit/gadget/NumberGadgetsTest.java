package io.rasplens.compiler.circuit.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What units make of numbers, and what scores of numbers tell apart. */
class NumberGadgetsTest {
    private final HandMade made = new HandMade();
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm out = LinearForm.of(made.out);

    /** Reads units where their number is x. */
    private static double at(UnitGroup group, Direction number, double x, Direction output) {
        double sum = 0;
        for (HiddenUnit unit : group.units()) {
            double input = unit.input().terms().getOrDefault(number, 0.0) * x
                    + unit.input().constant();
            sum += Math.max(0, input) * unit.output().terms().getOrDefault(output, 0.0);
        }
        return sum;
    }

    private double at(UnitGroup group, double x) {
        return at(group, made.number, x, made.out);
    }

    /** Flat within a quarter gap of both sides, whatever the number is shifted by. */
    @Test
    void stepsAreFlatAroundTheirSides() {
        for (double shift : new double[] {0, 3, -1.5}) {
            UnitGroup steps = Steps.of(
                    new Construction.Staircase(
                            number.plus(LinearForm.constant(shift)),
                            0,
                            9,
                            ImmutableList.of(
                                    new Construction.Step(2, 4, out.times(3)),
                                    new Construction.Step(5, 6, out.times(-7)))),
                    HandMade.ORIGIN);
            assertThat(steps.units()).hasSize(4);
            for (double[] meant :
                    new double[][] {{1, 0}, {2, 0}, {2.49, 0}, {3.51, 3}, {4, 3}, {5.24, 3}, {5.76, -4}, {9, -4}}) {
                assertThat(at(steps, meant[0] - shift)).as("%s", meant[0]).isCloseTo(meant[1], within(1e-12));
            }
            assertThat(at(steps, 3 - shift)).isCloseTo(1.5, within(1e-12));
        }
    }

    /** Constants have six digits behind the point. */
    @Test
    void constantsOfStepsAreRounded() {
        UnitGroup steps = Steps.of(
                new Construction.Staircase(
                        number, 0, 9, ImmutableList.of(new Construction.Step(1.0 / 3, 2.0 / 3, out))),
                HandMade.ORIGIN);
        // A slope of 6, and a threshold at a half: -3 and a half on either side.
        assertThat(steps.units().get(0).input().constant()).isEqualTo(-2.5);
        assertThat(steps.units().get(1).input().constant()).isEqualTo(-3.5);
        UnitGroup odd = Steps.of(
                new Construction.Staircase(number, 0, 9, ImmutableList.of(new Construction.Step(0.7, 1.7, out))),
                HandMade.ORIGIN);
        // -2 · 1.2 = -2.4 is -153.6/64.
        assertThat(odd.units().get(0).input().constant()).isEqualTo(-154.0 / 64 + 0.5);
    }

    @Test
    void rampsGoThroughTheirPoints() {
        double[] xs = {-2, 0, 1, 4};
        double[] ys = {5, 1, 1, 7};
        UnitGroup ramps = Ramps.of(number, xs, ys, out.times(2), HandMade.ORIGIN);

        for (int k = 0; k < xs.length; k++) {
            assertThat(at(ramps, xs[k])).isEqualTo(2 * (ys[k] - 5));
        }
        assertThat(at(ramps, -1)).isEqualTo(2 * (3 - 5));
        assertThat(at(ramps, 2.5)).isEqualTo(2 * (4 - 5));
        assertThat(at(ramps, -3)).isZero();
        assertThat(ramps.construction())
                .isInstanceOfSatisfying(
                        Construction.Polyline.class,
                        line -> assertThat(line.room()).isInfinite());
        // One unit for each change of slope; none at the start of a level piece.
        assertThat(Ramps.of(number, new double[] {0, 1, 2, 3}, new double[] {4, 4, 6, 8}, out, HandMade.ORIGIN)
                        .units())
                .hasSize(1);
    }

    /** A gate's form is 1 where all tests hold and an int below elsewhere. */
    @Test
    void gatesAreOpenWhereAllTestsHold() {
        LinearForm a = LinearForm.of(made.tokens.get(0));
        LinearForm b = LinearForm.of(made.tokens.get(1));
        Gate gate = Gate.of(List.of(a, b));

        assertThat(gate.open()).isEqualTo(a.plus(b).minus(LinearForm.constant(1)));
        // Held where the gate is open, 9 lower for each test that fails.
        LinearForm held = gate.hold(number, 9);
        assertThat(held).isEqualTo(number.plus(a.times(9)).plus(b.times(9)).minus(LinearForm.constant(18)));
        assertThat(Gate.of(List.of()).open()).isEqualTo(LinearForm.constant(1));
    }

    /** A number behind a gate: itself, or 0, for each letter; a's alone pass. */
    @Test
    void gatedNumbersPassOpenGates() {
        var gated = new GatedNumber(number, -3, 5, LinearForm.of(made.tokens.get(0)));
        made.think(gated.unit(out, HandMade.ORIGIN)).answer(out.plus(gated.rest()));

        assertThat(made.run("abc")).containsExactly(new double[] {0, 2, 0, 0}, within(1e-12));
        assertThat(gated.rest()).isEqualTo(LinearForm.of(made.tokens.get(0), -3));
        HiddenUnit unit = gated.unit(out, HandMade.ORIGIN).units().get(0);
        // A range of 8, and a thousandth of it and of 1 more.
        assertThat(unit.input().terms().get(made.tokens.get(0))).isCloseTo(8.009, within(1e-12));
        assertThat(unit.input().constant()).isCloseTo(3 - 8.009, within(1e-12));
    }

    /** Every sum of so many values from -1 to 3 says its mean, with noise of a quarter of what separates two counts. */
    @Test
    void quotientsAreMeans() {
        Quotient quotient = Quotient.of(-1, 3, 4);
        UnitGroup units = quotient.units(number, 9, out, HandMade.ORIGIN);

        double step = 2 * 4 * 4 + 2;
        assertThat(quotient.raise()).isEqualTo(step + 1);
        assertThat(quotient.offset()).isEqualTo(-1 + 4 + (step - 4 * 4) / 4 / 4);
        assertThat(at(units, 0) + quotient.offset()).isCloseTo(9, within(1e-9));
        for (int w = 1; w <= 4; w++) {
            for (double mean : new double[] {-1, 0.5, 3}) {
                double sum = w * (mean + quotient.raise());
                assertThat(at(units, sum) + quotient.offset())
                        .as("%s of %s", mean, w)
                        .isCloseTo(mean, within(1e-9));
                double room = (step - 4 * 4) / 4;
                assertThat(at(units, sum - 0.99 * room) + quotient.offset())
                        .isCloseTo(mean - 0.99 * room / w, within(1e-9));
                assertThat(at(units, sum + 0.99 * room) + quotient.offset())
                        .isCloseTo(mean + 0.99 * room / w, within(1e-9));
            }
        }
        assertThat(at(units, 0.99 * (step - 16) / 4) + quotient.offset()).isCloseTo(9, within(1e-9));
        assertThat(Quotient.of(2, 2, 3).spread()).isEqualTo(1e-3);
    }

    private static double score(ImmutableList<ScoreTerm> terms, double q, double k) {
        double sum = 0;
        for (ScoreTerm term : terms) {
            sum += value(term.query(), q) * value(term.key(), k);
        }
        return sum;
    }

    /** A number and, where the direction is one of two, its square. */
    private static double value(LinearForm form, double x) {
        double sum = form.constant();
        for (var term : form.terms().entrySet()) {
            boolean square = term.getKey().toString().endsWith("²");
            sum += term.getKey().equals(Direction.ONE) ? 0 : term.getValue() * (square ? x * x : x);
        }
        return sum;
    }

    /** C where key and query are one, and at most 0 where they are a gap apart or more. */
    @Test
    void equalNumbersScoreHighest() {
        Direction keySquare = Direction.number(made.features.named("key²"));
        Direction querySquare = Direction.number(made.features.named("query²"));
        var equality = new NumericEquality(number, number, LinearForm.of(keySquare), 0.5);

        ImmutableList<ScoreTerm> absolute = equality.absolute(LinearForm.of(querySquare), 30);
        assertThat(absolute).hasSize(NumericEquality.DIMENSIONS);
        for (double q : new double[] {-1, 0, 2.5}) {
            for (double k : new double[] {-1, 0, 2, 2.5}) {
                assertThat(score(absolute, q, k)).isCloseTo(30 - 30 * (q - k) * (q - k) / 0.25, within(1e-9));
                assertThat(score(equality.betweenKeys(30), q, k))
                        .isCloseTo(30 * (2 * q * k - k * k) / 0.25, within(1e-9));
            }
        }
    }

    @Test
    void theGapIsBetweenKeysAndQueriesAlone() {
        assertThat(NumericEquality.gap(numbers(0, 4, 4.1), numbers(3.5, 9))).isEqualTo(0.5);
        assertThat(NumericEquality.gap(numbers(0, 3), numbers(0, 3))).isEqualTo(1);
        assertThat(NumericEquality.gap(numbers(1, 2), numbers(1.25, 2))).isEqualTo(0.25);
        assertThat(NumericEquality.gap(numbers(1, 2), numbers(1.875))).isEqualTo(0.125);
        assertThat(NumericEquality.gap(numbers(), numbers(1))).isEqualTo(1);
    }

    private static List<Value> numbers(double... numbers) {
        return IntStream.range(0, numbers.length)
                .<Value>mapToObj(i -> Value.of(numbers[i]))
                .toList();
    }

    /** Whatever way the products are made, they add up to the table. */
    @Test
    void productsOfScoresAddUpToTheTable() {
        byte[][] tall = {{1, 0, 2}, {1, 0, 2}, {0, 0, 5}, {1, 0, 2}};
        byte[][] wide = {{1, 1, 0, 1}, {0, 0, 0, 0}, {2, 2, 5, 2}};

        for (byte[][] table : List.of(tall, wide)) {
            ImmutableList<ScoreTable.Product> products = ScoreTable.products(table);
            assertThat(products).hasSize(2);
            for (int q = 0; q < table.length; q++) {
                for (int k = 0; k < table[q].length; k++) {
                    int sum = 0;
                    for (ScoreTable.Product product : products) {
                        sum += weight(product.query(), q) * weight(product.key(), k);
                    }
                    assertThat(sum).isEqualTo(table[q][k]);
                }
            }
        }
        // Two kinds of queries, three of keys.
        byte[][] rows = {{1, 2, 3}, {1, 2, 3}, {4, 6, 5}};
        assertThat(ScoreTable.products(rows)).hasSize(2);
        assertThat(ScoreTable.products(rows).get(0).query().places().asList()).containsExactly(0, 1);
        // As many of both: keys share.
        byte[][] square = {{1, 2}, {3, 4}};
        assertThat(ScoreTable.products(square).get(1).key().places().asList()).containsExactly(1);
        assertThat(ScoreTable.products(square).get(1).query().weights().asList())
                .containsExactly(2, 4);
    }

    private static int weight(ScoreTable.ValueWeights weights, int place) {
        int at = weights.places().indexOf(place);
        return at < 0 ? 0 : weights.weights().get(at);
    }
}
