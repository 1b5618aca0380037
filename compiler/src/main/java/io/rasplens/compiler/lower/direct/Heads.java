package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.Bos;
import io.rasplens.compiler.lower.direct.block.DirectHead;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention heads for one selector.
 *
 * <p>The score of key j at query i is C · P[q(i), k(j)], P the selector's 0/1 matrix over values. BOS, whose key has a column of its own,
 * scores C/2 where it stands for "nothing selected", C where it is always counted.
 *
 * <p>With n keys, wrongly given weight is below n·exp(-C/2) of the right one; C makes that {@value #LEAK} times the largest value.
 */
final class Heads {
    /** The weight that all unselected keys together may get, times the largest value. */
    private static final double LEAK = 1e-17;

    /** The original layout's hardness; never less. */
    private static final double LEAST_HARDNESS = 100;

    /** Half of it is beyond what exp can tell from 0 (745): an exact copy. Too hard for means, where it magnifies noise. */
    private static final double EXACT_HARDNESS = 1600;

    private final int maxLength;

    Heads(int maxLength) {
        this.maxLength = maxLength;
    }

    /**
     * Which keys a query selects.
     *
     * @param keys one form for each value of a key, or combination of values: 1 there, else 0
     * @param queries the same of a query
     * @param table what is selected, by the places of both in their lists
     * @param depth after which blocks all of them can be read
     */
    record CategorySelect(
            ImmutableList<LinearForm> keys, ImmutableList<LinearForm> queries, SelectorTable table, int depth) {}

    /** A head that copies a one-hot: so hard that what isn't selected gets no weight at all. */
    DirectHead copying(
            PartOrigin origin,
            CategorySelect select,
            HeadKind.Keys selected,
            ImmutableList<ValueTerm> values,
            int valueWidth) {
        return head(origin, select, selected, values, valueWidth, EXACT_HARDNESS);
    }

    /** A head that gives the mean of the selected values, and 0, what the values' forms hold at BOS, if none is selected. */
    DirectHead averaging(
            PartOrigin origin,
            CategorySelect select,
            HeadKind.Keys selected,
            ValueTerm value,
            int valueWidth,
            double scale) {
        return head(origin, select, selected, ImmutableList.of(value), valueWidth, hardness(scale));
    }

    private static DirectHead head(
            PartOrigin origin,
            CategorySelect select,
            HeadKind.Keys selected,
            ImmutableList<ValueTerm> values,
            int valueWidth,
            double hardness) {
        int width = Math.max(width(select), Math.max(valueWidth + 1, values.size()));
        var kind = new HeadKind.Mean(hardness / 2, selected);
        return new DirectHead(new Head(scores(select, hardness, hardness / 2), values, kind, origin), width);
    }

    /** A head that leaves 1/(1 + w) - 1 for w selected keys: the share of BOS, which is always among them, less 1. */
    DirectHead counting(PartOrigin origin, CategorySelect select, Direction share) {
        double hardness = hardness(1);
        var less = new ValueTerm(LinearForm.constant(-1), LinearForm.of(share));
        var kind = new HeadKind.Count(hardness, 1, 0);
        return new DirectHead(
                new Head(scores(select, hardness, hardness), ImmutableList.of(less), kind, origin), width(select));
    }

    private static int width(CategorySelect select) {
        return Math.max(select.queries().size() + 2, select.keys().size() + 1);
    }

    private double hardness(double scale) {
        return Math.max(LEAST_HARDNESS, 2 * StrictMath.log(maxLength * Math.max(1, scale) / LEAK));
    }

    private static ImmutableList<ScoreTerm> scores(CategorySelect select, double hardness, double bosScore) {
        ImmutableList.Builder<ScoreTerm> terms = ImmutableList.builder();
        for (int k = 0; k < select.keys().size(); k++) {
            List<LinearForm> selecting = new ArrayList<>();
            for (int q = 0; q < select.queries().size(); q++) {
                if (select.table().selects(q, k)) {
                    selecting.add(select.queries().get(q).times(hardness));
                }
            }
            terms.add(new ScoreTerm(LinearForm.sum(selecting), select.keys().get(k)));
        }
        return terms.add(Bos.score(bosScore)).build();
    }
}
