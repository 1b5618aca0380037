package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;

/**
 * One of several heads that together take a mean: each sees some of the keys, and BOS, of value 0, stands for those of the others.
 *
 * <p>With w keys selected here and u by the other heads, BOS scores {@code ln u} above the selected keys, and the head returns
 * {@code Σ v / (w + u)}: the heads add up to the mean over all. Where u is 0, BOS is half the hardness below selected keys and as much above
 * the others, as in {@link SelectHead}, or lower where keys are sure to be selected; where no head selects any, all return 0.
 */
public final class PartOfMean {
    private PartOfMean() {}

    /**
     * The head; its value must be 0 at BOS.
     *
     * @param others {@code ln u}, and minus half the hardness where u is 0
     * @param hardness what each part of the scores adds for a selected key
     */
    public static Head of(KeyScores scores, ValueTerm value, LinearForm others, double hardness, PartOrigin origin) {
        ScoreTerm bos = Bos.score(LinearForm.constant(hardness * scores.parts()).plus(others));
        return new Head(
                ImmutableList.<ScoreTerm>builder()
                        .addAll(scores.terms())
                        .add(bos)
                        .build(),
                ImmutableList.of(value),
                new HeadKind.Part(scores.gap(), hardness),
                origin);
    }
}
