package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.table.Regions;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Computes decision lists in one hidden layer behind their conditions, however many there are: a rule decides where it holds and none before
 * it does, {@code relu(c - Σ earlier c)}, which is one hidden unit where its value is a constant, and else one for each value:
 * {@code relu(c - Σ earlier c + [v == a] - 1)}. At most one of all units is on.
 */
public final class DecisionLists {
    /** Hidden units of one list. */
    private static final int MOST_UNITS = 1 << 12;

    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;
    private final Regions regions;
    private final ConjunctionPlans conjunctions;
    private final Memo<SOp, Optional<DecisionList>> known = new Memo<>(this::find);

    public DecisionLists(
            Facts facts, Readings readings, CircuitWriter writer, Regions regions, ConjunctionPlans conjunctions) {
        this.conjunctions = conjunctions;
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
        this.regions = regions;
    }

    /** The list that an s-op is, if all that it can be is listed, and its conditions are not so few that sums of conjunctions do. */
    Optional<DecisionList> of(SOp sop) {
        return known.get(sop).filter(list -> !regions.isWhole(sop) && isInTime((SOp.Elementwise) sop));
    }

    private boolean isInTime(SOp.Elementwise node) {
        OptionalInt ready = regions.ready(node);
        return ready.isEmpty()
                || (isPossible(node, ready.getAsInt()) && !conjunctions.isPossible(node, ready.getAsInt()));
    }

    private Optional<DecisionList> find(SOp sop) {
        return DecisionList.of(sop)
                .filter(list -> isPlain(list.otherwise())
                        && list.rules().stream()
                                .allMatch(rule -> facts.inference().isListed(rule.condition()) && isPlain(rule.value()))
                        && units(list) <= MOST_UNITS);
    }

    /** Whether the s-op is listed and no function that would take a block of its own to be chosen. */
    private boolean isPlain(SOp sop) {
        return facts.inference().isListed(sop)
                && (!(sop instanceof SOp.Elementwise) || constant(sop).isPresent() || readings.isOneHotFree(sop));
    }

    /** Whether the hidden layer of the block can compute the s-op as a list. */
    public boolean isPossible(SOp.Elementwise node, int block) {
        Optional<DecisionList> list = known.get(node);
        return list.isPresent()
                && regions.isThere(list.get().otherwise(), block)
                && list.get().rules().stream()
                        .allMatch(rule ->
                                regions.isThere(rule.condition(), block) && regions.isThere(rule.value(), block));
    }

    int units(DecisionList list) {
        int units = constant(list.otherwise()).isPresent()
                ? 0
                : values(list.otherwise()).size();
        for (DecisionList.DecisionRule rule : list.rules()) {
            units += values(rule.value()).size();
        }
        return units;
    }

    /** The one value that an s-op has. */
    Optional<Value> constant(SOp sop) {
        return values(sop).size() == 1 ? Optional.of(values(sop).get(0)) : Optional.empty();
    }

    ImmutableList<Value> values(SOp sop) {
        return ((ValueSet.Finite) facts.inference().values(sop)).values();
    }

    /**
     * Writes the list's value; of a constant otherwise what it is more than that.
     *
     * @param writes what a value puts into the stream
     * @return the stage from which on it can be read
     */
    Stage write(SOp sop, DecisionList list, Function<Value, LinearForm> writes) {
        var cases = new ArrayList<DecidedCase>();
        LinearForm before = LinearForm.ZERO;
        Stage stage = Stage.EMBEDDING;
        for (DecisionList.DecisionRule rule : list.rules()) {
            OneHot asked = readings.oneHot(rule.condition());
            stage = stage.and(asked.stage());
            LinearForm holds = asked.asCondition(values(rule.condition()), !rule.negated());
            stage = stage.and(add(cases, rule.value(), holds.minus(before)));
            before = before.plus(holds);
        }
        Optional<Value> plain = constant(list.otherwise());
        if (plain.isEmpty()) {
            stage = stage.and(
                    add(cases, list.otherwise(), LinearForm.constant(1).minus(before)));
        }
        int block = stage.mlp();
        writer.requireDepth(sop, block);
        writer.requireUnits(sop, cases.size());
        PartOrigin origin = facts.origin(sop, Technique.CONJUNCTIONS, "cases of " + facts.name(sop));
        LinearForm start = plain.map(writes).orElse(LinearForm.ZERO);
        List<HiddenUnit> units = new ArrayList<>();
        for (DecidedCase each : cases) {
            LinearForm output = writes.apply(each.value()).minus(start);
            if (!output.isZero()) {
                units.add(new HiddenUnit(each.open(), output, origin));
            }
        }
        writer.units(block, new UnitGroup(new Construction.Cases(), ImmutableList.copyOf(units), origin));
        return Stage.afterMlp(block);
    }

    /** @param open 1 where the list has the value for this reason, and 0 or less elsewhere */
    private record DecidedCase(LinearForm open, Value value) {}

    private Stage add(List<DecidedCase> cases, SOp value, LinearForm open) {
        Optional<Value> only = constant(value);
        if (only.isPresent()) {
            cases.add(new DecidedCase(open, only.get()));
            return Stage.EMBEDDING;
        }
        OneHot oneHot = readings.oneHot(value);
        oneHot.forms()
                .forEach((each, form) ->
                        cases.add(new DecidedCase(open.plus(form).minus(LinearForm.constant(1)), each)));
        return oneHot.stage();
    }
}
