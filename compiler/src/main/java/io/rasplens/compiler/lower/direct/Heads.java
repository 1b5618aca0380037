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
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Attention heads for one {@code select}.
 *
 * <p>The score of key j at query i is C · P[q(i), k(j)], P the comparison's 0/1 matrix. BOS, whose key has a column of its own,
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

    /** What is compared. */
    record CategorySelect(Encoded.Category key, Encoded.Category query, Comparison comparison) {
        int depth() {
            return Math.max(key.depth(), query.depth());
        }
    }

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
        return Math.max(select.query().forms().size() + 2, select.key().forms().size() + 1);
    }

    private double hardness(double scale) {
        return Math.max(LEAST_HARDNESS, 2 * Math.log(maxLength * Math.max(1, scale) / LEAK));
    }

    private static ImmutableList<ScoreTerm> scores(CategorySelect select, double hardness, double bosScore) {
        ImmutableList.Builder<ScoreTerm> terms = ImmutableList.builder();
        for (Map.Entry<Value, LinearForm> key : select.key().forms().entrySet()) {
            List<LinearForm> selecting = new ArrayList<>();
            for (Map.Entry<Value, LinearForm> query : select.query().forms().entrySet()) {
                if (holds(select.comparison(), key.getKey(), query.getKey())) {
                    selecting.add(query.getValue().times(hardness));
                }
            }
            terms.add(new ScoreTerm(LinearForm.sum(selecting), key.getValue()));
        }
        return terms.add(Bos.score(bosScore)).build();
    }

    /** Values that can't be compared make the program fail when they meet; either answer will do. */
    private static boolean holds(Comparison comparison, Value key, Value query) {
        try {
            return Operators.compare(comparison, key, query);
        } catch (EvaluationException e) {
            return false;
        }
    }
}
