package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;

/**
 * The sum of the selected keys' values: their number, where the values are 1.
 *
 * <p>BOS, of value 0, stands {@value #LAMBDA} above the selected keys, so the softmax divides by {@code e^Λ + w} for w selected keys.
 * Values times {@code e^Λ} come out as {@code Σ v · e^Λ / (e^Λ + w)}, the sum up to a relative {@code w e^-Λ}, 2e-22 for each key. The
 * result is linear in the stream: sums of several heads may add up in one direction.
 */
public final class SumHead {
    private static final double LAMBDA = 50;

    private SumHead() {}

    /**
     * The head; its value must be exactly 0 at BOS, which stands above all keys and not half a part below the selected ones. So half
     * the hardness keeps keys as far apart as a mean's, and noise in the scores does half the harm.
     *
     * @param hardness what each part of the scores adds for a selected key
     */
    public static Head of(KeyScores scores, ValueTerm value, double hardness, PartOrigin origin) {
        double half = hardness / 2;
        ImmutableList<ScoreTerm> terms = scores.terms().stream()
                .map(term -> new ScoreTerm(term.query().times(0.5), term.key()))
                .collect(ImmutableList.toImmutableList());
        ScoreTerm bos = Bos.score(half * scores.parts() + LAMBDA);
        var kind = new HeadKind.Sum(half, scores.parts(), half, LAMBDA);
        return new Head(
                ImmutableList.<ScoreTerm>builder().addAll(terms).add(bos).build(),
                ImmutableList.of(value),
                kind,
                origin);
    }
}
