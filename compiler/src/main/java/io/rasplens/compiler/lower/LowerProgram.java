package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.attention.ReadAttention;
import io.rasplens.compiler.lower.diagram.ConjunctionPlans;
import io.rasplens.compiler.lower.diagram.DecisionLists;
import io.rasplens.compiler.lower.diagram.NumberByConjunctions;
import io.rasplens.compiler.lower.diagram.NumberByList;
import io.rasplens.compiler.lower.diagram.OneHotByConjunctions;
import io.rasplens.compiler.lower.diagram.OneHotByList;
import io.rasplens.compiler.lower.facts.AffineSum;
import io.rasplens.compiler.lower.facts.AlwaysInts;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.lookup.NumberByLookup;
import io.rasplens.compiler.lower.lookup.OneHotByLookup;
import io.rasplens.compiler.lower.lookup.OneHotOfChoice;
import io.rasplens.compiler.lower.lookup.OneHotOfTotal;
import io.rasplens.compiler.lower.lookup.OneHotOfTwo;
import io.rasplens.compiler.lower.lookup.Squares;
import io.rasplens.compiler.lower.lookup.Variables;
import io.rasplens.compiler.lower.offer.Choice;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.piecewise.Bends;
import io.rasplens.compiler.lower.piecewise.BySteps;
import io.rasplens.compiler.lower.piecewise.EmitStepped;
import io.rasplens.compiler.lower.piecewise.Gates;
import io.rasplens.compiler.lower.piecewise.GridSteps;
import io.rasplens.compiler.lower.piecewise.Hinges;
import io.rasplens.compiler.lower.piecewise.ProductOfMeans;
import io.rasplens.compiler.lower.piecewise.WholeNumber;
import io.rasplens.compiler.lower.reading.AttentionReadings;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.Stepped;
import io.rasplens.compiler.lower.reading.TwoValued;
import io.rasplens.compiler.lower.table.EmitCases;
import io.rasplens.compiler.lower.table.NumberByCases;
import io.rasplens.compiler.lower.table.OneHotByCases;
import io.rasplens.compiler.lower.table.Plans;
import io.rasplens.compiler.lower.table.Regions;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes the s-ops of a program readable as numbers or one-hots. What lies between two attention steps is a function of the embedding
 * and of attention results: linear where it can be, else whatever the rules offer and the policy takes.
 */
final class LowerProgram implements Readings {
    private final Facts facts;
    private final CircuitWriter writer;
    private final ReadAttention attention;
    private final Variables variables;
    private final Squares squares;
    private final Regions regions;
    private final ConjunctionPlans conjunctions;
    private final DecisionLists lists;
    private final Plans plans;
    private final GridSteps gridSteps;
    private final NumberByCases byCases;
    private final OneHotByCases oneHotByCases;
    private final OneHotOfChoice oneHotOfChoice;
    private final Policy policy;
    private final EmitStepped emitStepped;
    private final KeptReadings kept;
    private final Choice<SOp, Signal> numberChoice;
    private final Choice<SOp, OneHot> oneHotChoice;
    private final Map<SOp, Signal> numbers = new HashMap<>();
    private final Map<SOp, OneHot> oneHots = new HashMap<>();

    /** @param hardness the score of a select that holds */
    LowerProgram(Facts facts, CircuitWriter writer, Policy policy, double hardness) {
        this.facts = facts;
        this.writer = writer;
        this.variables = new Variables(facts, this, this::attention, writer);
        this.attention = new ReadAttention(facts, this, variables, writer, policy, hardness);
        this.squares = new Squares(facts, this, variables, writer, this::squareByCases);
        this.regions = new Regions(facts, this, variables, this::isConjunctions);
        this.conjunctions = new ConjunctionPlans(facts, variables, regions);
        this.lists = new DecisionLists(facts, this, writer, regions, conjunctions);
        this.plans = new Plans(facts, this, variables, writer, regions);
        this.gridSteps = new GridSteps(facts);
        this.kept = new KeptReadings(facts, this, writer);
        this.emitStepped = new EmitStepped(facts, this, writer);
        var emitCases = new EmitCases(facts, writer, variables);
        this.byCases = new NumberByCases(writer, plans, policy, emitCases);
        this.oneHotByCases = new OneHotByCases(plans, policy, emitCases);
        this.oneHotOfChoice = new OneHotOfChoice(facts, this, writer);
        this.policy = policy;
        this.numberChoice = new Choice<>(
                policy,
                this::isFree,
                ImmutableList.of(
                        new NumberByLookup(facts, variables),
                        attention.totals(),
                        new Bends(facts, this, writer),
                        new Hinges(facts, this, writer),
                        new WholeNumber(facts, this),
                        new ProductOfMeans(facts, this, writer),
                        byCases,
                        new NumberByConjunctions(facts, writer, variables, conjunctions),
                        new NumberByList(facts, writer, lists),
                        BySteps.number(gridSteps, emitStepped),
                        new Gates(facts, this, writer)));
        this.oneHotChoice = new Choice<>(
                policy,
                this::isFree,
                ImmutableList.of(
                        new OneHotByLookup(facts, this, variables),
                        new OneHotOfTwo(facts, this),
                        oneHotByCases,
                        new OneHotByConjunctions(facts, writer, variables, conjunctions),
                        new OneHotByList(writer, lists),
                        BySteps.oneHot(gridSteps, emitStepped),
                        new OneHotOfTotal(facts, this, variables, writer)));
    }

    /** Where a number is told by steps its square is too: noise in what they step over then passes neither. */
    private Optional<Signal> squareByCases(SOp sop, DoubleUnaryOperator square) {
        return policy.squeezesCounts() && !isNumberFree(sop) && plans.isPossible(sop)
                ? Optional.of(byCases.write(sop, writer.feature(sop, "²"), square))
                : Optional.empty();
    }

    private boolean isConjunctions(SOp.Elementwise sop, int block) {
        return conjunctions.isPossible(sop, block) || lists.isPossible(sop, block);
    }

    private AttentionReadings attention() {
        return attention;
    }

    @Override
    public Signal number(SOp sop) {
        Signal known = numbers.get(sop);
        if (known == null) {
            writer.begin(sop);
            known = makeNumber(sop);
            numbers.put(sop, known);
            writer.meanings().number(writer.named(sop), known.form());
        }
        return known;
    }

    private Signal makeNumber(SOp sop) {
        requireFinite(sop);
        AffineSum sum = AffineSum.of(sop, facts::isLookup);
        var forms = new ArrayList<LinearForm>(List.of(LinearForm.constant(sum.constant())));
        Stage stage = Stage.EMBEDDING;
        for (Map.Entry<SOp, Double> leaf : sum.leaves().entrySet()) {
            Signal signal = leafNumber(leaf.getKey());
            forms.add(signal.form().times(leaf.getValue()));
            stage = stage.and(signal.stage());
        }
        return new Signal(LinearForm.sum(forms), stage);
    }

    /** Ints have no bound, floats have: what is beyond them all is no number that a transformer could hold. */
    private void requireFinite(SOp sop) {
        if (facts.inference().values(sop) instanceof ValueSet.Finite finite
                && finite.values().stream()
                        .anyMatch(value -> value.isNumeric() && !Double.isFinite(Values.toDouble(value)))) {
            throw facts.refuse(CompileCode.NUMBER_OUT_OF_RANGE, sop, "can be a number beyond all floats");
        }
    }

    private Signal leafNumber(SOp sop) {
        Signal known = numbers.get(sop);
        if (known == null) {
            known = makeLeafNumber(sop);
            numbers.put(sop, known);
            writer.meanings().number(writer.named(sop), known.form());
        }
        return known;
    }

    private Signal makeLeafNumber(SOp sop) {
        if (Facts.isKept(sop)) {
            return kept.number(sop);
        }
        if (!(sop instanceof SOp.Elementwise) && facts.table(sop).isEmpty()) {
            return attention.number(sop);
        }
        return numberChoice
                .of(sop)
                .or(() -> byCases.offerAnyhow(sop))
                .orElseThrow(() -> plans.refusal(sop))
                .write();
    }

    @Override
    public OneHot oneHot(SOp sop) {
        OneHot known = oneHots.get(sop);
        if (known == null) {
            writer.begin(sop);
            known = Facts.isKept(sop) && !facts.isNumber(sop)
                    ? kept.oneHot(sop)
                    : oneHotChoice
                            .of(sop)
                            .or(() -> oneHotByCases.offerAnyhow(sop))
                            .or(() -> oneHotOfChoice.offer(sop))
                            .orElseThrow(() -> plans.refusal(sop))
                            .write();
            oneHots.put(sop, known);
            writer.meanings().oneHot(writer.named(sop), known.forms());
        }
        return known;
    }

    @Override
    public Signal square(SOp sop, double centre) {
        return squares.square(sop, centre);
    }

    @Override
    public Optional<Stepped> among(SOp number, ImmutableDoubleArray others) {
        return gridSteps.among(number, others);
    }

    @Override
    public OneHot places(Stepped among) {
        return emitStepped.places(among);
    }

    @Override
    public boolean isOneHotFree(SOp sop) {
        Optional<JointTable> table = facts.table(sop);
        return table.isPresent()
                && (table.get().variables().isEmpty()
                        || (table.get().variables().size() == 1
                                && variables.isOneHot(table.get().variables().get(0))));
    }

    @Override
    public boolean isNumberFree(SOp sop) {
        return regions.isAffine(sop);
    }

    @Override
    public boolean isMade(SOp sop) {
        return numbers.containsKey(sop) || oneHots.containsKey(sop);
    }

    /** The attention results that have a RASP name, as the stream holds them; one that needs no head is no result. */
    ImmutableList<Circuit.Readout> readouts() {
        ImmutableList.Builder<Circuit.Readout> readouts = ImmutableList.builder();
        attention.madeNumbers().forEach((sop, signal) -> {
            if (!signal.stage().isEmbedding() && isNamed(sop)) {
                readouts.add(new Circuit.Readout(
                        facts.program().nameOf(sop).orElseThrow(),
                        signal.stage(),
                        ImmutableList.of(signal.form()),
                        new OutputDecoder.Numerical(exactValues(sop))));
            }
        });
        attention.madeOneHots().forEach((sop, oneHot) -> {
            if (!oneHot.stage().isEmbedding() && isNamed(sop)) {
                readouts.add(new Circuit.Readout(
                        facts.program().nameOf(sop).orElseThrow(),
                        oneHot.stage(),
                        oneHot.forms().values().asList(),
                        new OutputDecoder.Categorical(oneHot.forms().keySet().asList())));
            }
        });
        for (ProgramNode node : facts.nodes()) {
            if (node instanceof SOp sop && Facts.isKept(sop)) {
                readouts.add(readout(sop));
            }
        }
        return readouts.build();
    }

    /** A kept s-op stands in the stream whoever reads it. */
    private Circuit.Readout readout(SOp kept) {
        String name = facts.program().nameOf(kept).orElseThrow();
        if (facts.isNumber(kept)) {
            Signal number = number(kept);
            return new Circuit.Readout(
                    name,
                    number.stage(),
                    ImmutableList.of(number.form()),
                    new OutputDecoder.Numerical(exactValues(kept), AlwaysInts.is(kept, facts.inference())));
        }
        OneHot oneHot = oneHot(kept);
        return new Circuit.Readout(
                name,
                oneHot.stage(),
                oneHot.forms().values().asList(),
                new OutputDecoder.Categorical(oneHot.forms().keySet().asList()));
    }

    /** What else has a name and happens to stand in the stream, or to be affine in what does. */
    ImmutableList<Circuit.Readout> readable() {
        ImmutableSortedMap.Builder<SOp, Circuit.Readout> readable =
                new ImmutableSortedMap.Builder<>(Comparator.comparingInt(SOp::id));
        Set<SOp> named = new LinkedHashSet<>(numbers.keySet());
        named.addAll(oneHots.keySet());
        named.removeIf(sop ->
                !isNamed(sop) || Facts.isKept(sop) || sop == facts.program().output());
        named.forEach(sop -> readableForm(sop).ifPresent(readout -> readable.put(sop, readout)));
        return readable.buildOrThrow().values().asList();
    }

    private Optional<Circuit.Readout> readableForm(SOp sop) {
        String name = facts.program().nameOf(sop).orElseThrow();
        Signal number = numbers.get(sop);
        OneHot oneHot = oneHots.get(sop);
        if (number != null && facts.isNumber(sop)) {
            return Optional.of(new Circuit.Readout(
                    name,
                    number.stage(),
                    ImmutableList.of(number.form()),
                    new OutputDecoder.Numerical(exactValues(sop), AlwaysInts.is(sop, facts.inference()))));
        }
        if (oneHot == null
                && number != null
                && facts.inference().values(sop) instanceof ValueSet.Finite finite
                && TwoValued.isBinary(finite.values())) {
            oneHot = TwoValued.of(finite.values(), number);
        }
        return Optional.ofNullable(oneHot)
                .map(values -> new Circuit.Readout(
                        name,
                        values.stage(),
                        values.forms().values().asList(),
                        new OutputDecoder.Categorical(values.forms().keySet().asList())));
    }

    private boolean isNamed(SOp sop) {
        return facts.program().origin(sop).name().isPresent();
    }

    /** The numbers that an answer is one of, but for rounding; none where that isn't known. */
    ImmutableList<Value> exactValues(SOp sop) {
        return facts.inference().values(sop) instanceof ValueSet.Finite finite && finite.exact()
                ? AnswerNumbers.of(finite.values(), facts.rounding(sop))
                : ImmutableList.of();
    }
}
