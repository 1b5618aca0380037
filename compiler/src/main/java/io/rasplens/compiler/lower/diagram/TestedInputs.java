package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.Gate;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The variables that a plan tests, as they stand in the stream. */
final class TestedInputs {
    private final ConjunctionPlan plan;
    private final VariableReadings variables;
    private final Map<Integer, OneHot> oneHots = new HashMap<>();
    private final Map<Integer, Signal> numbers = new HashMap<>();
    private Stage stage = Stage.EMBEDDING;

    TestedInputs(ConjunctionPlan plan, VariableReadings variables) {
        this.plan = plan;
        this.variables = variables;
        for (Conjunction conjunction : plan.conjunctions()) {
            conjunction.tests().forEach(test -> read(test.level()));
            conjunction.extremes().forEach(extreme -> read(extreme.level()));
            conjunction.rise().ifPresent(rise -> read(rise.level()));
        }
    }

    /** From when on all of them can be read. */
    Stage stage() {
        return stage;
    }

    private Variable variable(int level) {
        return plan.diagrams().variables().get(level);
    }

    private Points points(int level) {
        return plan.numbers().get(level).orElseThrow();
    }

    private void read(int level) {
        Stage read = plan.numbers().get(level).isPresent()
                ? numbers.computeIfAbsent(level, l -> variables.number(variable(l)))
                        .stage()
                : oneHots.computeIfAbsent(level, l -> variables.oneHot(variable(l)))
                        .stage();
        stage = stage.and(read);
    }

    private LinearForm number(int level) {
        return Objects.requireNonNull(numbers.get(level)).form();
    }

    /** 1 where all tests hold, and 0 or less elsewhere. */
    LinearForm open(Conjunction conjunction) {
        var tests = new ArrayList<LinearForm>();
        for (Conjunction.OneOf test : conjunction.tests()) {
            tests.add(Objects.requireNonNull(oneHots.get(test.level()))
                    .anyOf(variable(test.level()).domain(), test.values()));
        }
        LinearForm open = Gate.of(tests).open();
        for (Conjunction.Extreme extreme : conjunction.extremes()) {
            open = open.minus(distance(extreme));
        }
        return open;
    }

    /** How far a number is from the least or greatest that it can be, in distances of the next one. */
    private LinearForm distance(Conjunction.Extreme extreme) {
        Points points = points(extreme.level());
        LinearForm number = number(extreme.level());
        return extreme.least()
                ? number.minus(LinearForm.constant(points.least())).times(1 / gap(extreme))
                : LinearForm.constant(points.greatest()).minus(number).times(1 / gap(extreme));
    }

    private double gap(Conjunction.Extreme extreme) {
        Points points = points(extreme.level());
        int last = points.at().length() - 1;
        return extreme.least()
                ? points.at().get(1) - points.least()
                : points.greatest() - points.at().get(last - 1);
    }

    /** The least that {@link #open} can be. */
    private double shut(Conjunction conjunction) {
        double least = 1.0 - conjunction.tests().size();
        for (Conjunction.Extreme extreme : conjunction.extremes()) {
            least -= points(extreme.level()).range() / gap(extreme);
        }
        return least;
    }

    Staircase opening(Conjunction conjunction, LinearForm output) {
        return new Staircase(open(conjunction), shut(conjunction), 1, ImmutableList.of(new Step(0, 1, output)));
    }

    /** What all steps of a number behind one gate have in common. */
    Conjunction behind(Conjunction conjunction) {
        var start = new Conjunction.Rise(conjunction.rise().orElseThrow().level(), 0);
        return conjunction.and(start).writing(ImmutableSortedMap.of());
    }

    Step step(Conjunction.Rise rise, LinearForm output) {
        Points points = points(rise.level());
        return new Step(points.at().get(rise.point() - 1), points.at().get(rise.point()), output);
    }

    Staircase rising(Conjunction where, List<Step> steps) {
        int level = where.rise().orElseThrow().level();
        Points points = points(level);
        double reach = points.range();
        return new Staircase(
                new Gate(open(where)).hold(number(level), reach),
                points.least() - reach * (1 - shut(where)),
                points.greatest(),
                steps.stream().sorted(Comparator.comparingDouble(Step::left)).collect(ImmutableList.toImmutableList()));
    }
}
