package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.Quotient;
import io.rasplens.compiler.circuit.gadget.SelectHead;
import io.rasplens.compiler.circuit.gadget.SumHead;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the heads of selectors into the stream: one for each of the tests that a selector is made of. */
final class SelectorHeads {
    private static final int MAX_TESTS = 64;

    private final Lowerer lowerer;
    private final Scores scores;
    private final Map<Keys, Map<Selector, ImmutableList<KeyTest>>> tests = new EnumMap<>(Keys.class);

    SelectorHeads(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.scores = new Scores(lowerer);
    }

    /** True if one head sees all that is selected. */
    boolean isOneHead(SOp node, Selector selector, Keys selected) {
        return tests(node, selector, selected).size() == 1;
    }

    /**
     * The tests of a selector's heads. Where several values are selected the tests exclude each other and see all keys alike: sums over
     * them are sums over the selector. Where it is one value, that the scores of selected keys differ is no harm.
     */
    private ImmutableList<KeyTest> tests(SOp node, Selector selector, Keys selected) {
        Map<Selector, ImmutableList<KeyTest>> known = tests.computeIfAbsent(selected, c -> new HashMap<>());
        ImmutableList<KeyTest> found = known.get(selector);
        if (found == null) {
            found = find(node, selector, selected);
            known.put(selector, found);
        }
        return found;
    }

    private ImmutableList<KeyTest> find(SOp node, Selector selector, Keys selected) {
        boolean copy = selected != Keys.ANY;
        ImmutableList<KeyTest> exclusive = exclusive(node, selector, copy);
        if (!copy || exclusive.size() <= 1) {
            return exclusive;
        }
        Optional<ImmutableList<KeyTest>> weighed =
                SelectorCases.weighed(selector, lowerer).map(test -> ImmutableList.of(test.named(exclusive)));
        // A pattern that is the selector is worth half the size again.
        return weighed.filter(one -> selected == Keys.EQUAL || 2 * cost(one, true) <= 3 * cost(exclusive, true))
                .orElse(exclusive);
    }

    private ImmutableList<KeyTest> exclusive(SOp node, Selector selector, boolean copy) {
        return SelectorCases.of(selector, lowerer, MAX_TESTS, tests -> cost(tests, copy))
                .orElseThrow(() -> lowerer.refuse(
                        CompileCode.MODEL_TOO_LARGE,
                        node,
                        "selects by a formula of more than " + MAX_TESTS
                                + " cases, the limit for the heads of one selector",
                        "combine fewer selectors with 'and', 'or' and 'not', or count with each of them apart"));
    }

    /**
     * How large the model becomes, counted in columns of a head's matrices: heads are all as wide as the widest, and the mean over
     * several heads takes a division, about a unit for each position.
     */
    private long cost(ImmutableList<KeyTest> tests, boolean copy) {
        long widest = tests.stream()
                .mapToInt(test -> scores.dimensions(test, copy))
                .max()
                .orElse(0);
        return tests.size() * (widest + 1)
                + (copy || tests.size() <= 1 ? 0 : lowerer.target().maxLength());
    }

    /**
     * Writes the value that the node selects, or the mean of several if one head takes it, in heads that write to the same directions;
     * nothing where none is selected.
     *
     * @return the stage from which on it can be read
     */
    int select(SOp.Aggregate node, Keys selected, ImmutableList<ValueTerm> values, int valueStage) {
        var tests = tests(node, node.selector(), selected);
        boolean copy = selected != Keys.ANY;
        boolean neverEmpty = copy && tests.size() == 1 && lowerer.inference().neverEmpty(node.selector());
        int stage = 0;
        for (KeyTest test : tests) {
            Scores.Ready ready = scores.of(test, copy, neverEmpty);
            int block = block(node, valueStage, ready);
            PartOrigin origin = lowerer.origin(node, "reads " + test.keys());
            lowerer.stream().head(block, SelectHead.of(ready.scores(), values, selected, origin));
            stage = Math.max(stage, 2 * block + 1);
        }
        return stage;
    }

    /** The sum of {@code value} over the selected keys: their width where it is 1. */
    Signal sum(SOp node, Selector selector, Signal value) {
        Direction out = Direction.number(lowerer.feature(node));
        var term = new ValueTerm(value.form(), LinearForm.of(out));
        boolean isCount = value.equals(Signal.constant(1));
        int stage = 0;
        for (KeyTest test : tests(node, selector, Keys.ANY)) {
            Scores.Ready ready = scores.of(test, false, false);
            int block = block(node, value.stage(), ready);
            PartOrigin origin = lowerer.origin(node, (isCount ? "counts " : "adds up over ") + test.keys());
            lowerer.stream().head(block, SumHead.of(ready.scores(), term, lowerer.hardness(), origin));
            stage = Math.max(stage, 2 * block + 1);
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
        PartOrigin origin = lowerer.origin(node, "divides the sum by the width");
        return lowerer.hidden()
                .write(node, number.stage(), out -> quotient.units(number.form(), fallback, out, origin))
                .plus(Signal.constant(quotient.offset()));
    }

    private int block(SOp node, int valueStage, Scores.Ready ready) {
        int block = (Math.max(valueStage, ready.stage()) + 1) / 2;
        lowerer.requireHead(node, block);
        return block;
    }
}
