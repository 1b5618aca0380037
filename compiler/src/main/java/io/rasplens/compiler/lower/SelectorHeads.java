package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.lower.gadget.Quotient;
import io.rasplens.compiler.lower.gadget.SelectHead;
import io.rasplens.compiler.lower.gadget.SumHead;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.ValueTerm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the heads of selectors into the stream: one for each of the conjunctions that a selector is made of. */
final class SelectorHeads {
    private static final int MAX_PATHS = 64;

    private final Lowerer lowerer;
    private final Scores scores;
    private final Map<Selector, ImmutableList<ImmutableList<Predicate>>> paths = new HashMap<>();

    SelectorHeads(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.scores = new Scores(lowerer);
    }

    /** True if what the node selects is a conjunction, which one head can tell. */
    boolean isConjunction(SOp node, Selector selector) {
        return paths(node, selector).size() == 1;
    }

    /** Conjunctions that exclude each other and together are the selector. */
    private ImmutableList<ImmutableList<Predicate>> paths(SOp node, Selector selector) {
        ImmutableList<ImmutableList<Predicate>> known = paths.get(selector);
        if (known == null) {
            known = SelectorCases.of(selector, lowerer, MAX_PATHS)
                    .orElseThrow(() -> lowerer.refuse(
                            CompileCode.MODEL_TOO_LARGE,
                            node,
                            "selects by a formula of more than " + MAX_PATHS + " cases"));
            paths.put(selector, known);
        }
        return known;
    }

    /**
     * Writes the value that the node selects, or the mean of several if its selector is a conjunction, in heads that write to the same
     * directions; nothing where none is selected.
     *
     * @param copy whether it takes one value only, whichever keys hold it
     * @return the stage from which on it can be read
     */
    int select(SOp.Aggregate node, boolean copy, ImmutableList<ValueTerm> values, int valueStage) {
        var paths = paths(node, node.selector());
        boolean neverEmpty = copy && paths.size() == 1 && lowerer.inference().neverEmpty(node.selector());
        int stage = 0;
        for (ImmutableList<Predicate> path : paths) {
            Optional<Scores.Conjunction> found = scores.conjunction(path, copy, neverEmpty);
            if (found.isPresent()) {
                int block = block(node, valueStage, found.get());
                Origin origin = lowerer.origin(node, describe(path, "reads"));
                lowerer.stream().head(block, SelectHead.of(found.get().scores(), values, copy, origin));
                stage = Math.max(stage, 2 * block + 1);
            }
        }
        return stage;
    }

    /** The sum of {@code value} over the selected keys: their width where it is 1. */
    Signal sum(SOp node, Selector selector, Signal value) {
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(node)));
        var term = new ValueTerm(value.form(), LinearForm.of(out));
        int stage = 0;
        for (ImmutableList<Predicate> path : paths(node, selector)) {
            Optional<Scores.Conjunction> found = scores.conjunction(path, false, false);
            if (found.isPresent()) {
                int block = block(node, value.stage(), found.get());
                Origin origin = lowerer.origin(node, describe(path, "counts"));
                lowerer.stream().head(block, SumHead.of(found.get().scores(), term, lowerer.hardness(), origin));
                stage = Math.max(stage, 2 * block + 1);
            }
        }
        return new Signal(LinearForm.of(out), stage);
    }

    /**
     * The mean of {@code value} where the selector takes several heads: sum and width in one number, and a division behind them.
     *
     * @param range least and greatest number that {@code value} can be
     */
    Signal meanOfSum(SOp.Aggregate node, Signal value, double[] range, double fallback) {
        var quotient = Quotient.of(range[0], range[1], lowerer.target().maxLength());
        Signal raised = value.plus(Signal.constant(quotient.raise()));
        Signal number = sum(node, node.selector(), raised);
        int block = number.stage() / 2;
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(node)));
        Origin origin = lowerer.origin(node, "divides the sum by the width");
        lowerer.stream().units(block, quotient.units(number.form(), fallback, LinearForm.of(out), origin));
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(quotient.offset())), 2 * block + 2);
    }

    private int block(SOp node, int valueStage, Scores.Conjunction conjunction) {
        int block = (Math.max(valueStage, conjunction.stage()) + 1) / 2;
        lowerer.requireHead(node, block);
        return block;
    }

    private static String describe(List<Predicate> path, String verb) {
        return verb
                + (path.isEmpty()
                        ? " all keys"
                        : " keys where " + path.stream().map(Predicate::words).collect(Collectors.joining(" and ")));
    }
}
