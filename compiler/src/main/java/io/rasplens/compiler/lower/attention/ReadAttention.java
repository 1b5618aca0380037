package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.SelectedBy;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.LastPosition;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Choice;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.AttentionReadings;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.MeaningTable;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.lower.selector.GroupSelects;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes aggregates and selector widths readable: as numbers or as one-hots, copied or averaged or summed. */
public final class ReadAttention implements AttentionReadings {
    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final CircuitWriter writer;
    private final double hardness;
    private final Copying copying;
    private final SelectorHeads heads;
    private final Counters counters;
    private final Choice<Summing, Signal> sums;
    private final Choice<Averaging, Signal> means;
    private final Choice<SOp.Aggregate, OneHot> copies;
    private final Map<SOp, Signal> numbers = new LinkedHashMap<>();
    private final Map<SOp, OneHot> oneHots = new LinkedHashMap<>();
    private final Memo<SOp, Signal> squeezed = new Memo<>(this::makeSqueezed);
    private @Nullable Signal length;

    /**
     * Attention over what {@code readings} and {@code variables} read.
     *
     * @param hardness the score of a select that holds
     */
    public ReadAttention(
            Facts facts,
            Readings readings,
            VariableReadings variables,
            CircuitWriter writer,
            Policy policy,
            double hardness) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
        this.writer = writer;
        this.hardness = hardness;
        var scores = new MakeScores(facts, readings, variables, hardness);
        var tests = new HeadTests(facts, new GroupSelects(facts, readings, variables), scores, policy);
        var heads = new SelectorHeads(facts, writer, tests, scores, hardness);
        this.heads = heads;
        this.counters = new Counters(facts, tests, policy.squeezesCounts(), hardness);
        this.copying = new Copying(facts, readings, tests);
        this.sums = new Choice<>(policy, readings::isFree, ImmutableList.of(new SumHeads(tests, heads)));
        this.means = new Choice<>(
                policy,
                readings::isFree,
                ImmutableList.of(
                        new PrefixMean(facts, variables, writer, heads),
                        new MeanHead(writer, tests, copying, heads),
                        new FirstFound(facts, writer, tests, heads),
                        new QuotientOfSums(facts, writer, heads),
                        new JointMean(facts, writer, tests, heads)));
        this.copies = new Choice<>(
                policy,
                readings::isFree,
                ImmutableList.of(
                        new CopiedOneHot(facts, readings, writer, copying, heads),
                        new MixedMeans(facts, readings, writer, copying, means, sums)));
    }

    /** Totals are sums of attention, though written as products. */
    public Rule<SOp, Signal> totals() {
        return new TotalOfKeys(facts, readings, counters, sums);
    }

    @Override
    public Signal length() {
        if (length == null) {
            Direction out = Direction.number(writer.feature("length", this::isLength));
            LinearForm position = variables.position().form();
            var last = new Condition.Compare("indices", "==", "length - 1", true);
            var origin = PartOrigin.shared("length", "reads the last position", Technique.LAST_POSITION)
                    .selecting(new SelectedBy(last, 1, true, true, false));
            writer.head(0, LastPosition.of(position, out, hardness, origin));
            length = new Signal(LinearForm.of(out), Stage.afterAttention(0));
            writer.meanings().number(new MeaningTable.NamedSop("length", "length"), length.form());
        }
        return length;
    }

    private boolean isLength(SOp sop) {
        return sop instanceof SOp.SelectorWidth
                && facts.inference()
                        .table(sop)
                        .filter(table -> table.variables().size() == 1
                                && table.variables().get(0) instanceof Variable.Length)
                        .isPresent();
    }

    @Override
    public boolean isOneHot(SOp node) {
        return copying.isOneHot(node);
    }

    @Override
    public Signal number(SOp node) {
        Signal known = numbers.get(node);
        if (known == null) {
            writer.begin(node);
            known = makeNumber(node);
            numbers.put(node, known);
            writer.meanings().number(writer.named(node), known.form());
        }
        return known;
    }

    private Signal makeNumber(SOp node) {
        if (node instanceof SOp.Aggregate copy && facts.inference().isItsSequence(copy)) {
            return readings.number(copy.sequence());
        }
        if (isOneHot(node)) {
            OneHot copied = oneHot(node);
            return new Signal(copied.number(), copied.stage());
        }
        if (isSqueezed(node)) {
            return readings.number(node);
        }
        if (node instanceof SOp.SelectorWidth width && counters.isMark(width)) {
            return mark(width);
        }
        if (node instanceof SOp.SelectorWidth width) {
            return sums.make(Summing.count(width));
        }
        var aggregate = (SOp.Aggregate) node;
        SOp sequence = aggregate.sequence();
        double fallback = Values.asNumber(aggregate.fallback());
        if (!facts.inference().values(sequence).isNumeric()) {
            // Numbers alone come of a sequence that may hold strings: nothing is ever selected.
            return Signal.constant(fallback);
        }
        return means.make(new Averaging(aggregate, readings.number(sequence), facts.range(sequence), fallback));
    }

    /** 1 where a key is selected. */
    private Signal mark(SOp.SelectorWidth width) {
        Direction out = writer.freshNumber(width);
        var term = new ValueTerm(LinearForm.constant(1), LinearForm.of(out));
        Stage stage = heads.select(
                width, width.selector(), Keys.ONE, ImmutableList.of(term), Stage.EMBEDDING, Technique.COPY);
        return new Signal(LinearForm.of(out), stage);
    }

    @Override
    public boolean isSqueezed(SOp sop) {
        return counters.isSqueezed(sop);
    }

    @Override
    public double held(SOp sop, double number) {
        return counters.held(sop, number);
    }

    @Override
    public double blur(SOp sop) {
        return counters.blur(sop);
    }

    @Override
    public Signal squeezed(SOp sop) {
        return squeezed.get(sop);
    }

    private Signal makeSqueezed(SOp sop) {
        writer.begin(sop);
        Optional<AffineSum> sum = counters.sum(sop);
        if (sum.isPresent()) {
            return sum.get().leaves().entrySet().stream()
                    .map(leaf -> squeezed(leaf.getKey()).times(leaf.getValue()))
                    .reduce(Signal.constant(sum.get().constant()), Signal::plus);
        }
        Counters.Counter counter = counters.of(sop).orElseThrow();
        Signal value = counter.sequence().map(readings::number).orElseGet(() -> Signal.constant(1));
        Signal made = heads.count(
                new Summing(sop, counter.selector(), value), writer.featureOf(sop, counters.name(sop)), counter);
        writer.meanings().holds(made.form(), facts.reference(sop), counters.holds(sop, counter, facts.reference(sop)));
        return made;
    }

    @Override
    public OneHot oneHot(SOp node) {
        OneHot known = oneHots.get(node);
        if (known == null) {
            writer.begin(node);
            var aggregate = (SOp.Aggregate) node;
            known = facts.inference().isItsSequence(aggregate)
                    ? readings.oneHot(aggregate.sequence())
                    : copies.make(aggregate);
            oneHots.put(node, known);
            writer.meanings().oneHot(writer.named(node), known.forms());
        }
        return known;
    }

    /** What has been made readable as a number and not as a one-hot. */
    public Map<SOp, Signal> madeNumbers() {
        return Maps.filterKeys(numbers, node -> !oneHots.containsKey(node));
    }

    /** What has been made readable as a one-hot. */
    public Map<SOp, OneHot> madeOneHots() {
        return oneHots;
    }
}
