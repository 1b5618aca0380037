package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;
import java.util.Locale;

/**
 * How many keys are selected, told by the share that is left to BOS ("Thinking Like Transformers", section 4.2, for B = 1).
 *
 * <p>Selected keys score alike and BOS, of value 0, {@code ln B} above them: with w keys selected the head returns
 * {@code Σ v B / (B + w)}, {@code B w / (B + w)} where the values v are 1. All weights are small, and an error of the scores moves the
 * number by as much, relative to it. Without BOS the pattern is the selector's row divided by its width.
 *
 * <p>A key that is not selected stands c below, c = ln(1000 N): N of them together have a thousandth of one selected key's weight,
 * which moves the number by no more than a hundredth of what two counts differ by. What reads it has to step over that. Where values of
 * different sizes are added up, c is greater by the logarithm of how many times the greatest of them is what two sums differ by.
 */
public final class CountHead {
    /** All keys that are not selected together have less than this part of a selected key's weight. */
    private static final double LEAK = 1e-3;

    private CountHead() {}

    /**
     * The middle of what stands in the stream for a number of keys that several heads count together.
     *
     * @param parts how many heads
     */
    public static double held(double bosWeight, double number, int parts) {
        return together(bosWeight, number) + blur(bosWeight, number, parts);
    }

    /** How far from there it may be; 0 for one head or none, and more for more keys. */
    public static double blur(double bosWeight, double number, int parts) {
        if (parts <= 1) {
            return 0;
        }
        double apart = bosWeight * number / (bosWeight + number / parts);
        return (apart - together(bosWeight, number)) / 2;
    }

    private static double together(double bosWeight, double number) {
        return bosWeight * number / (bosWeight + number);
    }

    /** The least B for which sums up to {@code most} of so many parts are told apart with half of the room left for noise. */
    public static double bosWeight(int parts, double most) {
        return Math.max(1, 2 * (1 - 1.0 / parts) * most * (most - 1));
    }

    /** The words for what stands in the stream where something is counted. */
    public static String words(String counted, double bosWeight) {
        String weight = String.format(Locale.ROOT, bosWeight == Math.rint(bosWeight) ? "%.0f" : "%.1f", bosWeight);
        return (bosWeight == 1 ? "" : weight + "·") + counted + "/(" + counted + "+" + weight + ")";
    }

    /**
     * The head; its value must be exactly 0 at BOS.
     *
     * @param scores of the keys, in any hardness
     * @param hardness which that is, for a select that holds
     * @param softness what the hardness asked for is in parts of the least that does
     * @param keys the most keys there are
     * @param bosWeight B
     * @param scale the greatest value, in parts of the distance of two sums that are told apart; 1 for counts
     * @param blur as in {@link HeadKind.Count}
     */
    public static Head of(
            KeyScores scores,
            ValueTerm value,
            double hardness,
            double softness,
            int keys,
            double bosWeight,
            double scale,
            double blur,
            PartOrigin origin) {
        double part = softness * StrictMath.log(keys * scale / LEAK);
        ImmutableList<ScoreTerm> terms = scores.terms().stream()
                .map(term -> new ScoreTerm(term.query().times(part / hardness), term.key()))
                .collect(ImmutableList.toImmutableList());
        ScoreTerm bos = Bos.score(part * scores.parts() + StrictMath.log(bosWeight));
        return new Head(
                ImmutableList.<ScoreTerm>builder().addAll(terms).add(bos).build(),
                ImmutableList.of(new ValueTerm(value.value().times(bosWeight), value.output())),
                new HeadKind.Count(part, bosWeight, blur),
                origin);
    }
}
