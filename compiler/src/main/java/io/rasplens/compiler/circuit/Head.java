package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.stack.Interrupted;
import java.util.function.UnaryOperator;

/**
 * An attention head over named directions.
 *
 * @param terms unscaled: the scores are their sum, whatever the width of the head
 * @param values without the factor of a {@link HeadKind.Sum}
 */
public record Head(ImmutableList<ScoreTerm> terms, ImmutableList<ValueTerm> values, HeadKind kind, PartOrigin origin) {

    /** How many weights other than 0 it has. */
    public long weights() {
        return terms.stream()
                        .mapToLong(t -> t.query().terms().size()
                                + (long) t.key().terms().size())
                        .sum()
                + values.stream()
                        .mapToLong(v -> v.value().terms().size()
                                + (long) v.output().terms().size())
                        .sum();
    }

    /** What the values are multiplied by; see {@link HeadKind.Sum#factor}. */
    public double valueFactor(double scale) {
        return kind instanceof HeadKind.Sum sum ? sum.factor(scale) : 1;
    }

    /**
     * What queries are multiplied by where scores are divided by {@code scale}. BOS's weight beside a selected key's is what a count is
     * read by, so that it has to come out to the last digits; between keys alone it is enough that equal scores come out equal.
     */
    public double queryFactor(double scale) {
        return kind instanceof HeadKind.Count || kind instanceof HeadKind.Part ? scale : ScoreScale.before(scale);
    }

    /** The head with its forms rewritten: those it reads and those it writes. */
    public Head map(UnaryOperator<LinearForm> reading, UnaryOperator<LinearForm> writing) {
        Interrupted.check();
        return new Head(
                terms.stream()
                        .map(t -> new ScoreTerm(reading.apply(t.query()), reading.apply(t.key())))
                        .collect(ImmutableList.toImmutableList()),
                values.stream()
                        .map(v -> new ValueTerm(reading.apply(v.value()), writing.apply(v.output())))
                        .collect(ImmutableList.toImmutableList()),
                kind,
                origin);
    }
}
