package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.LastPosition;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes aggregates and selector widths readable: as numbers or as one-hots, copied or averaged or summed. */
final class LowerAttention {
    private final Lowerer lowerer;
    private final SelectorHeads heads;
    private final Map<SOp, Signal> numbers = new LinkedHashMap<>();
    private final Map<SOp, OneHot> oneHots = new LinkedHashMap<>();
    private final Map<SOp, Boolean> oneHotChoice = new HashMap<>();
    private @Nullable Signal length;

    LowerAttention(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.heads = new SelectorHeads(lowerer);
    }

    /** The input's length. */
    Signal length() {
        if (length == null) {
            Direction out = Direction.number(lowerer.feature("length", this::isLength));
            LinearForm position = lowerer.functions().position().form();
            var origin = PartOrigin.shared("length", "reads the last position");
            lowerer.stream().head(0, LastPosition.of(position, out, lowerer.hardness(), origin));
            length = new Signal(LinearForm.of(out), 1);
        }
        return length;
    }

    private boolean isLength(SOp sop) {
        return sop instanceof SOp.SelectorWidth
                && lowerer.inference()
                        .table(sop)
                        .filter(table -> table.variables().size() == 1
                                && table.variables().get(0) instanceof Variable.Length)
                        .isPresent();
    }

    /** True if the node stands in the stream as a one-hot; else it is a number, and its one-hot made by whoever needs it. */
    boolean isOneHot(SOp node) {
        Boolean known = oneHotChoice.get(node);
        if (known == null) {
            known = node instanceof SOp.Aggregate aggregate
                    && lowerer.inference().values(node) instanceof ValueSet.Finite
                    && (!lowerer.isNumber(node)
                            || (selected(aggregate) != Keys.ANY
                                    && lowerer.functions().isOneHotFree(aggregate.sequence())));
            oneHotChoice.put(node, known);
        }
        return known;
    }

    /**
     * How a head for the aggregate copies. Strings and bools have no mean: where several keys are selected the program fails, so on
     * inputs with an answer one is.
     */
    private Keys selected(SOp.Aggregate node) {
        boolean noMean = lowerer.inference().values(node.sequence()) instanceof ValueSet.Finite finite
                && finite.values().stream().allMatch(v -> !v.isNumeric() || v instanceof BoolValue);
        if (noMean || lowerer.inference().atMostOne(node.selector())) {
            return Keys.ONE;
        }
        return lowerer.inference().copiesEqualValues(node.selector(), node.sequence())
                        && heads.isOneHead(node, node.selector(), Keys.EQUAL)
                ? Keys.EQUAL
                : Keys.ANY;
    }

    /** The sum of {@code value} over the keys that are selected, for {@code node}. */
    Signal sum(SOp node, Selector selector, Signal value) {
        return heads.sum(node, selector, value);
    }

    Signal number(SOp node) {
        Signal known = numbers.get(node);
        if (known == null) {
            lowerer.begin(node);
            known = makeNumber(node);
            numbers.put(node, known);
        }
        return known;
    }

    private Signal makeNumber(SOp node) {
        if (node instanceof SOp.Aggregate copy && lowerer.inference().isItsSequence(copy)) {
            return lowerer.functions().number(copy.sequence());
        }
        if (isOneHot(node)) {
            OneHot copied = oneHot(node);
            LinearForm form = LinearForm.ZERO;
            for (Map.Entry<Value, LinearForm> entry : copied.forms().entrySet()) {
                form = form.plus(entry.getValue().times(Lowerer.asNumber(entry.getKey())));
            }
            return new Signal(form, copied.stage());
        }
        if (node instanceof SOp.SelectorWidth width) {
            return heads.sum(width, width.selector(), Signal.constant(1));
        }
        var aggregate = (SOp.Aggregate) node;
        if (!lowerer.inference().values(aggregate.sequence()).isNumeric()) {
            // Numbers alone come of a sequence that may hold strings: nothing is ever selected.
            return Signal.constant(Lowerer.asNumber(aggregate.fallback()));
        }
        return mean(
                aggregate,
                lowerer.functions().number(aggregate.sequence()),
                lowerer.range(aggregate.sequence()),
                Lowerer.asNumber(aggregate.fallback()));
    }

    /**
     * The mean of {@code value} over the keys that the node selects, {@code fallback} where it selects none.
     *
     * @param range least and greatest number that {@code value} can be
     */
    Signal mean(SOp.Aggregate node, Signal value, double[] range, double fallback) {
        Keys selected = selected(node);
        if (selected == Keys.ANY && !heads.isOneHead(node, node.selector(), selected)) {
            return heads.meanOfSum(node, value, range, fallback);
        }
        Direction out = Direction.number(lowerer.feature(node));
        LinearForm above = value.form().minus(LinearForm.constant(fallback));
        var term = new ValueTerm(above, LinearForm.of(out));
        int stage = heads.select(node, selected, ImmutableList.of(term), value.stage());
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(fallback)), stage);
    }

    /** What has been made readable as a number and not as a one-hot. */
    Map<SOp, Signal> readable() {
        return Maps.filterKeys(numbers, node -> !oneHots.containsKey(node));
    }

    Map<SOp, OneHot> readableOneHots() {
        return oneHots;
    }

    OneHot oneHot(SOp node) {
        OneHot known = oneHots.get(node);
        if (known == null) {
            lowerer.begin(node);
            var aggregate = (SOp.Aggregate) node;
            known = lowerer.inference().isItsSequence(aggregate)
                    ? lowerer.functions().oneHot(aggregate.sequence())
                    : selected(aggregate) != Keys.ANY
                            ? makeOneHot(aggregate)
                            : new MixedMeans(lowerer, aggregate).oneHot();
            oneHots.put(node, known);
        }
        return known;
    }

    /** Copies the sequence's one-hot; where nothing is selected, if that can be, the fallback's direction is left at 1. */
    private OneHot makeOneHot(SOp.Aggregate node) {
        OneHot sequence = lowerer.functions().oneHot(node.sequence());
        Feature feature = lowerer.feature(node);
        boolean canBeEmpty = !lowerer.inference().neverEmpty(node.selector());
        LinearForm fallback = canBeEmpty ? LinearForm.of(Direction.oneHot(feature, node.fallback())) : LinearForm.ZERO;
        List<ValueTerm> values = new ArrayList<>();
        Set<Value> all = new LinkedHashSet<>(sequence.forms().keySet());
        for (Value value : all) {
            LinearForm output = LinearForm.of(Direction.oneHot(feature, value)).minus(fallback);
            if (!output.isZero()) {
                values.add(new ValueTerm(sequence.form(value), output));
            }
        }
        if (canBeEmpty) {
            all.add(node.fallback());
        }
        int stage = heads.select(node, selected(node), ImmutableList.copyOf(values), sequence.stage());
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (Value value : all) {
            LinearForm form = LinearForm.of(Direction.oneHot(feature, value));
            forms.put(value, canBeEmpty && value.equals(node.fallback()) ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(forms.buildOrThrow(), stage);
    }
}
