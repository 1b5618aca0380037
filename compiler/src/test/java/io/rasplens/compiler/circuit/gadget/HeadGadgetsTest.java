package io.rasplens.compiler.circuit.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.CircuitTrace;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.RunCircuit;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What each kind of head returns on inputs small enough to be counted. */
class HeadGadgetsTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private final HandMade made = new HandMade();

    private LinearForm token(int t) {
        return LinearForm.of(made.tokens.get(t));
    }

    /** Selects the a's, whoever asks. */
    private KeyScores lettersA() {
        var term = new ScoreTerm(LinearForm.constant(KeyScores.HARDNESS), token(0));
        return KeyScores.againstBos(ImmutableList.of(term), 1, KeyScores.HARDNESS);
    }

    /** Selects the a's, for c's alone. */
    private KeyScores lettersAForC() {
        var term = new ScoreTerm(token(2).times(KeyScores.HARDNESS), token(0));
        return KeyScores.againstBos(ImmutableList.of(term), 1, KeyScores.HARDNESS);
    }

    private ValueTerm value(LinearForm form) {
        return new ValueTerm(form, LinearForm.of(made.out));
    }

    @Test
    void bosStandsHalfAPartBelowWhatMeetsAllParts() {
        KeyScores scores = KeyScores.againstBos(ImmutableList.of(), 3, 40);

        assertThat(scores.bosScore()).isEqualTo(100);
        assertThat(scores.gap()).isEqualTo(20);
        assertThat(scores.parts()).isEqualTo(3);
    }

    @Test
    void aSelectHeadTakesTheMeanOfWhatItSelects() {
        Head head = SelectHead.of(
                lettersAForC(), ImmutableList.of(value(LinearForm.of(made.index))), HeadKind.Keys.ANY, HandMade.ORIGIN);

        assertThat(head.kind()).isEqualTo(new HeadKind.Mean(50, HeadKind.Keys.ANY));
        // The a's at 0, 3 and 5, for the one c; nobody else selects any.
        assertThat(made.attend(head).run("abcaba")).containsExactly(new double[] {0, 0, 0, 8.0 / 3, 0, 0, 0}, EXACTLY);
    }

    /** Even if everything at BOS asked for all it has. */
    @Test
    void bosSeesItselfAlone() {
        Circuit circuit = made.attend(SelectHead.of(
                        lettersA(),
                        ImmutableList.of(value(LinearForm.constant(1))),
                        HeadKind.Keys.ONE,
                        HandMade.ORIGIN))
                .circuit();
        CircuitTrace trace = RunCircuit.run(circuit, HandMade.input("aa"));

        assertThat(trace.scores(0, 0)[0]).containsExactly(1000, 0, 0);
        assertThat(trace.scores(0, 0)[1]).containsExactly(50, 100, 100);
        assertThat(Bos.score(7).query().terms())
                .containsEntry(Direction.ONE, 7.0)
                .containsEntry(Direction.BOS, 1000.0);
        assertThat(Bos.score(7).key()).isEqualTo(LinearForm.of(Direction.BOS));
    }

    @Test
    void aSumHeadAddsWhatItSelects() {
        Head head = SumHead.of(
                lettersA(), value(LinearForm.of(made.index).plus(LinearForm.constant(1))), 100, HandMade.ORIGIN);

        assertThat(head.kind()).isEqualTo(new HeadKind.Sum(50, 1, 50, 50));
        assertThat(made.attend(head).run("abcaba")).containsExactly(new double[] {0, 11, 11, 11, 11, 11, 11}, EXACTLY);
        assertThat(made.run("bbcb")).containsExactly(new double[5], EXACTLY);
    }

    /** Two parts of the score, half as hard each; BOS stands 50 above both together. */
    @Test
    void aSumHeadHalvesEachPart() {
        var parts = ImmutableList.of(
                new ScoreTerm(LinearForm.constant(40), token(0)),
                new ScoreTerm(token(2).times(40), LinearForm.constant(1)));
        Head head = SumHead.of(KeyScores.againstBos(parts, 2, 40), value(LinearForm.constant(1)), 40, HandMade.ORIGIN);

        assertThat(head.terms().get(0).query()).isEqualTo(LinearForm.constant(20));
        assertThat(head.terms().get(1).query()).isEqualTo(token(2).times(20));
        assertThat(head.terms().get(2).query().constant()).isEqualTo(20 * 2 + 50);
        assertThat(head.kind()).isEqualTo(new HeadKind.Sum(20, 2, 20, 50));
    }

    /** With B and w keys: B w / (B + w), but for a thousandth of a key. */
    @Test
    void aCountHeadTellsHowManyItSelects() {
        Head head = CountHead.of(lettersA(), value(LinearForm.constant(1)), 100, 1, 6, 2, 1, 0.25, HandMade.ORIGIN);

        double gap = Math.log(6 / 1e-3);
        assertThat(head.kind()).isEqualTo(new HeadKind.Count(gap, 2, 0.25));
        double[] three = made.attend(head).run("abcaba");
        for (int p = 1; p <= 6; p++) {
            assertThat(three[p]).isCloseTo(2 * 3 / (2 + 3.0), within(3e-4));
        }
        assertThat(three[0]).isCloseTo(0, EXACTLY);
        assertThat(made.run("bbc")[1]).isCloseTo(0, within(1e-3));
        // A key that is not selected is a six-thousandth of one that is.
        assertThat(made.run("b")[1]).isCloseTo(2 / (6000 * 2 + 1.0), EXACTLY);
    }

    @Test
    void aSofterCountIsSofterInAllParts() {
        Head head = CountHead.of(
                KeyScores.againstBos(lettersA().terms(), 3, 100),
                value(LinearForm.constant(2)),
                100,
                0.5,
                6,
                4,
                10,
                0,
                HandMade.ORIGIN);

        // Ten times what two sums differ by takes a tenth of the leak.
        double part = 0.5 * Math.log(60_000);
        assertThat(head.terms().get(0).query().constant()).isCloseTo(part, EXACTLY);
        assertThat(head.terms().get(1).query().constant()).isCloseTo(3 * part + Math.log(4), EXACTLY);
        assertThat(head.values().get(0).value()).isEqualTo(LinearForm.constant(8));
    }

    /** k keys over two heads: at the least all at one head, at the most half at each. */
    @Test
    void countsTogetherLieBetweenAllAtOneAndEvenlyShared() {
        double all = 2 * 4 / (2 + 4.0);
        double shared = 2 * (2 * 2 / (2 + 2.0));
        assertThat(CountHead.held(2, 4, 2)).isCloseTo((all + shared) / 2, EXACTLY);
        assertThat(CountHead.blur(2, 4, 2)).isCloseTo((shared - all) / 2, EXACTLY);
        assertThat(CountHead.held(1, 3, 1)).isEqualTo(0.75);
        assertThat(CountHead.blur(1, 3, 1)).isZero();
    }

    /** Least B = (1 - 1/m) W (W - 1), and twice that for noise; 1 for one head. */
    @Test
    void bosWeighsEnoughToTellSumsApart() {
        assertThat(CountHead.bosWeight(2, 5)).isEqualTo(20);
        assertThat(CountHead.bosWeight(4, 5)).isEqualTo(30);
        assertThat(CountHead.bosWeight(1, 5)).isEqualTo(1);
        double b = CountHead.bosWeight(2, 5);
        for (int k = 1; k < 5; k++) {
            double greatest = CountHead.held(b, k, 2) + CountHead.blur(b, k, 2);
            double least = CountHead.held(b, k + 1, 2) - CountHead.blur(b, k + 1, 2);
            assertThat(greatest).isLessThan(least);
        }
    }

    @Test
    void countsAreToldInWords() {
        assertThat(CountHead.words("w", 1)).isEqualTo("w/(w+1)");
        assertThat(CountHead.words("w", 20)).isEqualTo("20·w/(w+20)");
        assertThat(CountHead.words("w", 2.25)).isIn("2.3·w/(w+2.3)", "2.2·w/(w+2.2)");
    }

    @Test
    void theLastPositionTellsTheLength() {
        Head head = LastPosition.of(LinearForm.of(made.index), made.out, 50, HandMade.ORIGIN);

        assertThat(head.kind()).isEqualTo(new HeadKind.Mean(50, HeadKind.Keys.ONE));
        assertThat(made.attend(head).run("abca")).containsExactly(new double[] {0, 4, 4, 4, 4}, EXACTLY);
        assertThat(made.run("a")).containsExactly(new double[] {0, 1}, EXACTLY);
    }

    /** Two heads, of a's and of c's, each with BOS for what the other selects, add up to the mean over both. */
    @Test
    void partsOfAMeanAddUp() {
        double hardness = 60;
        Head ofA = PartOfMean.of(
                KeyScores.againstBos(
                        ImmutableList.of(new ScoreTerm(LinearForm.constant(hardness), token(0))), 1, hardness),
                value(LinearForm.of(made.number)),
                LinearForm.constant(Math.log(1)),
                hardness,
                HandMade.ORIGIN);
        Head ofC = PartOfMean.of(
                KeyScores.againstBos(
                        ImmutableList.of(new ScoreTerm(LinearForm.constant(hardness), token(2))), 1, hardness),
                value(LinearForm.of(made.number)),
                LinearForm.constant(Math.log(3)),
                hardness,
                HandMade.ORIGIN);

        assertThat(ofA.kind()).isEqualTo(new HeadKind.Part(30, 60));
        // Three a's of 2 and one c of 5.
        double mean = (3 * 2 + 5) / 4.0;
        assertThat(made.attend(ofA, ofC).run("abcaa"))
                .containsExactly(new double[] {0, mean, mean, mean, mean, mean}, EXACTLY);
    }

    /** None here and none there: BOS, half the hardness below, is above every key. */
    @Test
    void aPartOfNothingIsNothing() {
        Head head = PartOfMean.of(
                lettersA(), value(LinearForm.of(made.number)), LinearForm.constant(-50), 100, HandMade.ORIGIN);
        assertThat(made.attend(head).run("bcb")).containsExactly(new double[4], EXACTLY);
        assertThat(made.run("bab")[1]).isCloseTo(2, EXACTLY);
    }

    /** Keys that meet two parts score twice the hardness, and so does BOS with the weight 1. */
    @Test
    void bosIsAsHighAsKeysOfAllParts() {
        Head head = PartOfMean.of(
                KeyScores.againstBos(ImmutableList.of(), 2, 60),
                value(LinearForm.of(made.number)),
                LinearForm.constant(3),
                60,
                HandMade.ORIGIN);
        assertThat(head.terms()).hasSize(1);
        assertThat(head.terms().get(0).query().constant()).isEqualTo(2 * 60 + 3);
    }

    /** Twice as hard scores ask for 64 times as much of BOS. */
    @Test
    void harderScoresAskForMoreOfBos() {
        assertThat(KeyScores.more(KeyScores.HARDNESS)).isEqualTo(1);
        assertThat(KeyScores.more(2 * KeyScores.HARDNESS)).isEqualTo(64);
    }
}
