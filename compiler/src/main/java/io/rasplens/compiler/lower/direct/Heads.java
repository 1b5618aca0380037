package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Map;

/**
 * Attention heads for one {@code select}.
 *
 * <p>The score of key j at query i is C · P[q(i), k(j)], P the comparison's 0/1 matrix. BOS, whose key has a column of its own,
 * scores C/2 where it stands for "nothing selected", C where it is always counted. At BOS itself it scores {@value #ALONE} more,
 * beyond what a double's exponential can tell from certainty: so what heads leave at BOS doesn't depend on the input.
 *
 * <p>With n keys, wrongly given weight is below n·exp(-C/2) of the right one; C makes that {@value #LEAK} times the largest value.
 */
final class Heads {
    static final double ALONE = 1000;

    /** The weight that all unselected keys together may get, times the largest value. */
    static final double LEAK = 1e-17;

    /** The original layout's hardness; never less. */
    private static final double LEAST_HARDNESS = 100;

    /** Half of it is beyond what exp can tell from 0 (745): an exact copy. Too hard for means, where it magnifies noise. */
    private static final double EXACT_HARDNESS = 1600;

    private final int maxLength;
    private final Specials specials;

    Heads(CompileTarget target, Specials specials) {
        this.maxLength = target.maxLength();
        this.specials = specials;
    }

    /** What is compared. */
    record Select(Encoded.Category key, Encoded.Category query, Comparison comparison) {
        int depth() {
            return Math.max(key.depth(), query.depth());
        }
    }

    /** A head that copies a one-hot: so hard that what isn't selected gets no weight at all. */
    Block.Head copying(
            SOp sop,
            String name,
            Select select,
            ImmutableList<Form> values,
            ImmutableList<Direction> targets,
            int valueWidth) {
        return head(sop, name, select, values, targets, valueWidth, EXACT_HARDNESS);
    }

    /** A head that gives the mean of the selected values, and what the values' forms hold at BOS if none is selected. */
    Block.Head averaging(
            SOp sop,
            String name,
            Select select,
            ImmutableList<Form> values,
            ImmutableList<Direction> targets,
            int valueWidth,
            double scale) {
        return head(sop, name, select, values, targets, valueWidth, hardness(scale));
    }

    private Block.Head head(
            SOp sop,
            String name,
            Select select,
            ImmutableList<Form> values,
            ImmutableList<Direction> targets,
            int valueWidth,
            double hardness) {
        int width = Math.max(
                Math.max(select.query().forms().size() + 2, select.key().forms().size() + 1),
                Math.max(valueWidth + 1, targets.size()));
        return new Block.Head(
                sop,
                "mean of the selected values, for " + name,
                queries(select, hardness, hardness / 2),
                keys(select),
                values,
                targets,
                width);
    }

    /** A head that gives 1/(1 + w) for w selected keys: the share of BOS, which is always among them. */
    Block.Head counting(SOp sop, String name, Select select, Direction target) {
        double hardness = hardness(1);
        int width =
                Math.max(select.query().forms().size() + 2, select.key().forms().size() + 1);
        return new Block.Head(
                sop,
                "share of BOS among the selected keys, for " + name,
                queries(select, hardness, hardness),
                keys(select),
                ImmutableList.of(Form.of(specials.bos())),
                ImmutableList.of(target),
                width);
    }

    private double hardness(double scale) {
        return Math.max(LEAST_HARDNESS, 2 * Math.log(maxLength * Math.max(1, scale) / LEAK));
    }

    private ImmutableList<Form> queries(Select select, double hardness, double bosScore) {
        ImmutableList.Builder<Form> queries = ImmutableList.builder();
        for (Value key : select.key().forms().keySet()) {
            var selecting = new Form.Builder();
            for (Map.Entry<Value, Form> query : select.query().forms().entrySet()) {
                if (holds(select.comparison(), key, query.getKey())) {
                    selecting.add(hardness, query.getValue());
                }
            }
            queries.add(selecting.build());
        }
        queries.add(Form.of(Direction.ONE).times(bosScore).plus(ALONE, specials.bos()));
        return queries.build();
    }

    private ImmutableList<Form> keys(Select select) {
        return ImmutableList.<Form>builder()
                .addAll(select.key().forms().values())
                .add(Form.of(specials.bos()))
                .build();
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
