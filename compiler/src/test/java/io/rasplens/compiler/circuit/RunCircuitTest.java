package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.grammar.value.Value;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The forward pass over named directions, by hand. */
class RunCircuitTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final HeadKind MEAN = new HeadKind.Mean(50, HeadKind.Keys.ANY);
    private final HandMade made = new HandMade();
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm index = LinearForm.of(made.index);
    private final LinearForm out = LinearForm.of(made.out);
    private final LinearForm bos = LinearForm.of(Direction.BOS);

    @Test
    void theEmbeddingIsTokensAndPositions() {
        made.answer(number.times(10).plus(index));

        assertThat(made.run("abc")).containsExactly(0, 20, -29, 52);
        assertThat(made.read("abc", bos)).containsExactly(1, 0, 0, 0);
    }

    @Test
    void inputsHaveToFit() {
        assertThatThrownBy(() -> made.run("abcabca"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at most 6 tokens, got 7");
        assertThat(made.answer(number).run("abcabc")).hasSize(7);
        assertThatThrownBy(() -> made.run("abx"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'x' is not in the vocabulary");
    }

    /** Scores of query times key, over all keys; values of all, weighed. */
    @Test
    void aHeadWeighsWhatItReads() {
        Head head = HandMade.head(
                MEAN,
                List.of(new ScoreTerm(index, number), new ScoreTerm(LinearForm.constant(0.5), bos)),
                new ValueTerm(number, out),
                new ValueTerm(index, out.times(-2)));
        made.attend(head);
        CircuitTrace trace = RunCircuit.run(made.circuit(), HandMade.input("abc"));

        double[][] scores = trace.scores(0, 0);
        assertThat(scores[0]).containsExactly(0, 0, 0, 0);
        assertThat(scores[1]).containsExactly(0.5, 0, 0, 0);
        assertThat(scores[3]).containsExactly(0.5, 4, -6, 10);
        double[] pattern = CircuitTrace.softmax(scores[3]);
        assertThat(pattern[3] / pattern[1]).isCloseTo(Math.exp(6), within(1e-9));
        assertThat(pattern[0] + pattern[1] + pattern[2] + pattern[3]).isCloseTo(1, EXACTLY);
        double expected = pattern[1] * 2 + pattern[2] * -3 + pattern[3] * 5 - 2 * (pattern[2] + pattern[3] * 2);
        assertThat(made.run("abc")[3]).isCloseTo(expected, EXACTLY);
        // Scores handed out are nobody else's.
        scores[3][1] = 7;
        assertThat(trace.scores(0, 0)[3][1]).isEqualTo(4);
    }

    @Test
    void causalQueriesSeeWhatStandsBefore() {
        Head head = HandMade.head(MEAN, List.of(), new ValueTerm(number, out));
        made.attend(head).causal();
        CircuitTrace trace = RunCircuit.run(made.circuit(), HandMade.input("abc"));

        assertThat(trace.scores(0, 0)[0]).hasSize(1);
        assertThat(trace.scores(0, 0)[2]).hasSize(3);
        assertThat(made.run("abc")).containsExactly(new double[] {0, 1, (2 - 3) / 3.0, 1}, EXACTLY);
    }

    @Test
    void sumsAreTakenTimesTheirFactor() {
        var kind = new HeadKind.Sum(50, 1, 50, Math.log(8));
        assertThat(kind.factor(1)).isCloseTo(8, EXACTLY);
        Head head = HandMade.head(
                kind, List.of(new ScoreTerm(LinearForm.constant(Math.log(8)), bos)), new ValueTerm(index, out));
        // Weights 8, 1, 1, 1 of 11; 0 + 1 + 2, times 8.
        assertThat(made.attend(head).run("abc")[2]).isCloseTo(3 * 8 / 11.0, EXACTLY);
    }

    /** Heads read what stood before all of them, and units what stands behind all. */
    @Test
    void partsSideBySideReadTheSame() {
        Head copy = HandMade.head(MEAN, List.of(), new ValueTerm(number, number));
        made.attend(copy, copy).answer(number);
        double mean = (2 - 3 + 5) / 4.0;
        assertThat(made.run("abc"))
                .containsExactly(new double[] {2 * mean, 2 + 2 * mean, -3 + 2 * mean, 5 + 2 * mean}, EXACTLY);

        HiddenUnit twice = HandMade.unit(number, number);
        assertThat(new HandMade()
                        .think(HandMade.units(twice, twice))
                        .answer(number)
                        .run("abc"))
                .containsExactly(0, 6, -3, 15);
    }

    @Test
    void stagesStandAsTheyWere() {
        made.think(HandMade.units(HandMade.unit(number, number))).answer(number);
        CircuitTrace trace = RunCircuit.run(made.circuit(), HandMade.input("c"));

        assertThat(trace.lastStage()).isEqualTo(new Stage(2));
        assertThat(trace.positions()).isEqualTo(2);
        assertThat(trace.read(number, new Stage(0), 1)).isEqualTo(5);
        assertThat(trace.read(number, new Stage(1), 1)).isEqualTo(5);
        assertThat(trace.read(number, new Stage(2), 1)).isEqualTo(10);
        assertThat(trace.decode(List.of(number), made.circuit().decoder(), new Stage(2)))
                .containsExactly(Value.of(10.0));
        Direction stranger = Direction.number(new Feature(99, "stranger", java.util.Optional.empty()));
        assertThatThrownBy(() -> trace.read(LinearForm.of(stranger), new Stage(0), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no direction stranger");
    }

    @Test
    void softmaxDoesNotOverflow() {
        assertThat(CircuitTrace.softmax(new double[] {1000, 1000 + Math.log(3)}))
                .containsExactly(new double[] {0.25, 0.75}, EXACTLY);
        assertThat(CircuitTrace.softmax(new double[] {-5})).containsExactly(1);
    }
}
