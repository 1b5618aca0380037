package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.gadget.Ramps;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes s-ops readable as numbers or one-hots. What lies between two attention steps is a function of the embedding and of
 * attention results: linear where it can be, else one hidden layer of steps over one number that codes its variables.
 */
final class LowerFunctions {
    private final Lowerer lowerer;
    private final Variables variables;
    private final Plans plans;
    private final EmitCases emit;
    private final Bends bends;
    private final Hinges hinges;
    private final Gates gates;
    private final GridSteps gridSteps;
    private final EmitStepped emitStepped;
    private final Map<SOp, Signal> numbers = new HashMap<>();
    private final Map<SOp, Map<Double, Signal>> squares = new HashMap<>();
    private final Map<SOp, OneHot> oneHots = new HashMap<>();

    LowerFunctions(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.variables = new Variables(lowerer);
        this.plans = new Plans(lowerer, variables);
        this.emit = new EmitCases(lowerer, variables);
        this.bends = new Bends(lowerer);
        this.hinges = new Hinges(lowerer);
        this.gates = new Gates(lowerer);
        this.gridSteps = new GridSteps(lowerer);
        this.emitStepped = new EmitStepped(lowerer);
    }

    /** The s-op as a number; bools count as 0 and 1. */
    Signal number(SOp sop) {
        Signal known = numbers.get(sop);
        if (known == null) {
            lowerer.begin(sop);
            known = makeNumber(sop);
            numbers.put(sop, known);
        }
        return known;
    }

    /** The s-op as one direction per value. */
    OneHot oneHot(SOp sop) {
        OneHot known = oneHots.get(sop);
        if (known == null) {
            lowerer.begin(sop);
            known = makeOneHot(sop);
            oneHots.put(sop, known);
        }
        return known;
    }

    /** True if the variable stands in the stream as a one-hot, at no cost in hidden units. */
    boolean isOneHot(Variable variable) {
        return variables.isOneHot(variable);
    }

    /** The number that the s-op rounds, if it is whole already: it is read in the s-op's place. */
    Optional<SOp> whole(SOp sop) {
        return gridSteps.whole(sop);
    }

    /** Where a number that can't be listed stands among others; nothing where there is no room for steps. */
    Optional<Stepped> among(SOp number, ImmutableDoubleArray others) {
        return gridSteps.among(number, others);
    }

    /** One direction per place that {@link #among} tells. */
    OneHot oneHot(Stepped places) {
        return emitStepped.oneHot(places);
    }

    /** The variable as one direction per value. */
    OneHot oneHot(Variable variable) {
        return variables.oneHot(variable);
    }

    /** The position as a number. */
    Signal position() {
        return variables.position();
    }

    /** True if {@link #oneHot} needs no hidden units beyond those of the attention steps it reads. */
    boolean isOneHotFree(SOp sop) {
        Optional<JointTable> table = lowerer.table(sop);
        return table.isPresent()
                && (table.get().variables().isEmpty()
                        || (table.get().variables().size() == 1
                                && variables.isOneHot(table.get().variables().get(0))));
    }

    /**
     * {@code (x - centre)²} of a numeric s-op x: from the embedding where x is a function of one variable there, else piecewise
     * linear between the values of x, exact on them.
     */
    Signal square(SOp sop, double centre) {
        Map<Double, Signal> byCentre = squares.computeIfAbsent(sop, s -> new HashMap<>());
        Signal known = byCentre.get(centre);
        if (known == null) {
            known = makeSquare(sop, centre);
            byCentre.put(centre, known);
        }
        return known;
    }

    private Signal makeSquare(SOp sop, double centre) {
        Optional<JointTable> table = lowerer.table(sop);
        if (table.isPresent()
                && table.get().variables().size() == 1
                && variables.isOneHot(table.get().variables().get(0))) {
            double[] weights = new double[table.get().cells().length()];
            for (int cell = 0; cell < weights.length; cell++) {
                double x = table.get().value(cell).map(Lowerer::asNumber).orElse(centre) - centre;
                weights[cell] = x * x;
            }
            return variables.weighted(
                    () -> lowerer.feature(sop, "²"), table.get().variables().get(0), weights);
        }
        Signal x = number(sop);
        double[] xs = lowerer.values(sop).stream()
                .mapToDouble(Lowerer::asNumber)
                .distinct()
                .toArray();
        double[] ys = Arrays.stream(xs).map(v -> (v - centre) * (v - centre)).toArray();
        return lowerer.hidden()
                .write(
                        sop,
                        lowerer.feature(sop, "²"),
                        x.stage(),
                        out -> List.of(
                                Ramps.of(x.form(), xs, ys, out, lowerer.origin(sop, "square of " + lowerer.name(sop)))))
                .plus(Signal.constant(ys[0]));
    }

    private Signal makeNumber(SOp sop) {
        AffineSum sum = AffineSum.of(sop, this::isLookup);
        var forms = new ArrayList<LinearForm>(List.of(LinearForm.constant(sum.constant())));
        int stage = 0;
        for (Map.Entry<SOp, Double> leaf : sum.leaves().entrySet()) {
            Signal signal = leafNumber(leaf.getKey());
            forms.add(signal.form().times(leaf.getValue()));
            stage = Math.max(stage, signal.stage());
        }
        return new Signal(LinearForm.sum(forms), stage);
    }

    /** Functions of one variable are one lookup however they are written. */
    boolean isLookup(SOp sop) {
        return lowerer.table(sop).filter(t -> t.variables().size() <= 1).isPresent();
    }

    /** True if the s-op stands in the stream already. */
    boolean isMade(SOp sop) {
        return numbers.containsKey(sop) || oneHots.containsKey(sop);
    }

    private Signal leafNumber(SOp sop) {
        Signal known = numbers.get(sop);
        if (known == null) {
            known = makeLeafNumber(sop);
            numbers.put(sop, known);
        }
        return known;
    }

    private Signal makeLeafNumber(SOp sop) {
        Optional<JointTable> table = lowerer.table(sop);
        if (table.isEmpty() && !(sop instanceof SOp.Elementwise)) {
            return lowerer.attention().number(sop);
        }
        if (table.isPresent() && table.get().variables().isEmpty()) {
            return Signal.constant(Lowerer.asNumber(table.get().values().get(0)));
        }
        if (table.isPresent() && table.get().variables().size() == 1) {
            Optional<Signal> linear = variables.linear(sop, table.get());
            if (linear.isPresent()) {
                return linear.get();
            }
        }
        Optional<Signal> continuous = continuousNumber(sop);
        if (continuous.isPresent()) {
            return continuous.get();
        }
        Optional<SOp> whole = whole(sop);
        if (whole.isPresent()) {
            return number(whole.get());
        }
        if (!plans.isPossible(sop)) {
            Optional<Stepped> stepped = gridSteps.of(sop);
            if (stepped.isPresent()) {
                return emitStepped.number(sop, stepped.get());
            }
        }
        Cases cases = plans.best(sop, Purpose.NUMBER);
        Direction direction = Direction.number(lowerer.feature(sop));
        int first = cases.plain()[0];
        JointTable over = cases.table();
        requireOneScale(sop, over);
        int stage = emit.cases(
                sop,
                cases,
                value -> LinearForm.of(direction, Lowerer.asNumber(over.values().get(value))));
        return new Signal(
                LinearForm.of(direction)
                        .plus(LinearForm.constant(Lowerer.asNumber(over.values().get(first)))),
                stage);
    }

    /**
     * A total is a head of its own. Bends are few units where the numbers that are bent are there, and gates may be; they are the only
     * way for numbers that can't be listed.
     */
    private Optional<Signal> continuousNumber(SOp sop) {
        Optional<Total> total = lowerer.total(sop);
        if (total.isPresent()) {
            SOp.Aggregate mean = total.get().mean();
            return Optional.of(lowerer.attention().sum(sop, mean.selector(), number(mean.sequence())));
        }
        boolean listed = plans.isPossible(sop);
        Optional<Bends.Bent> bent = bends.of(sop).filter(b -> b.of() != sop && (!listed || plans.isReady(b.of())));
        if (bent.isPresent()) {
            return Optional.of(bends.number(sop, bent.get()));
        }
        Optional<Hinges.Hinge> hinge =
                hinges.of(sop).filter(h -> !listed || h.reads().stream().allMatch(plans::isReady));
        if (hinge.isPresent()) {
            return Optional.of(hinges.number(sop, hinge.get()));
        }
        return gates.of(sop).filter(gated -> !listed || isBetter(gated, sop)).map(gated -> gates.number(sop, gated));
    }

    /** True if all that the gates need is there, and they are fewer than the units of a list. */
    private boolean isBetter(Gates.Gated gated, SOp sop) {
        return isOneHotFree(gated.by())
                && gated.numbers().stream().allMatch(plans::isReady)
                && gated.units() < plans.best(sop, Purpose.NUMBER).units();
    }

    /**
     * Steps up to a great number and down again leave its rounding behind: some 16 units in its last place, which must be nothing to
     * the least of the numbers. Between ints a quarter is.
     */
    private void requireOneScale(SOp sop, JointTable table) {
        double greatest = 0;
        double least = Double.POSITIVE_INFINITY;
        boolean ints = true;
        for (Value value : table.values()) {
            double size = Math.abs(Lowerer.asNumber(value));
            greatest = Math.max(greatest, size);
            least = size == 0 ? least : Math.min(least, size);
            ints &= size == Math.rint(size);
        }
        double harmless = ints ? 0.25 : 1e-9 * Math.max(1, least);
        if (greatest > least && 16 * Math.ulp(greatest) > harmless) {
            throw lowerer.refuse(
                    CompileCode.NUMBER_OUT_OF_RANGE,
                    sop,
                    String.format(
                            Locale.ROOT,
                            "takes numbers of too different a size to stand in one direction: %s and %s; beside the lesser one %.1e"
                                    + " is the greatest that keeps enough digits",
                            least,
                            greatest,
                            harmless / (16 * Math.ulp(1.0))),
                    "use numbers of more similar sizes, or ints");
        }
    }

    private OneHot makeOneHot(SOp sop) {
        Optional<JointTable> table = lowerer.table(sop);
        if (table.isPresent() && table.get().variables().isEmpty()) {
            return new OneHot(ImmutableMap.of(table.get().values().get(0), LinearForm.constant(1)), 0);
        }
        if (table.isPresent() && table.get().variables().size() == 1) {
            Variable variable = table.get().variables().get(0);
            if (variables.isOneHot(variable)) {
                return grouped(table.get(), variables.oneHot(variable));
            }
        }
        ValueSet values = lowerer.inference().values(sop);
        if (values instanceof ValueSet.Finite finite && Binary.isBinary(finite.values())) {
            return Binary.of(finite.values(), number(sop));
        }
        Optional<Stepped> stepped = plans.isPossible(sop) ? Optional.empty() : gridSteps.of(sop);
        return stepped.isPresent()
                ? emitStepped.oneHot(sop, stepped.get())
                : emit.oneHot(sop, plans.best(sop, Purpose.VALUES));
    }

    private static OneHot grouped(JointTable table, OneHot base) {
        var forms = new LinkedHashMap<Value, LinearForm>();
        ImmutableList<Value> domain = table.variables().get(0).domain();
        for (int cell = 0; cell < domain.size(); cell++) {
            LinearForm form = base.form(domain.get(cell));
            table.value(cell).ifPresent(value -> forms.merge(value, form, LinearForm::plus));
        }
        return new OneHot(ImmutableMap.copyOf(forms), base.stage());
    }
}
