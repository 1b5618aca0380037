package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.infer.ArgumentTable;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.gadget.Ramps;
import io.rasplens.compiler.lower.gadget.Steps;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.space.Construction.Staircase;
import io.rasplens.compiler.space.Construction.Step;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes s-ops readable as numbers or one-hots. What lies between two attention steps is a function of the embedding and of
 * attention results: linear where it can be, else one hidden layer of steps over one number that codes its variables.
 */
final class LowerFunctions {
    private static final int MAX_UNITS = 400_000;

    private final Lowerer lowerer;
    private final Variables variables;
    private final Map<SOp, Signal> numbers = new HashMap<>();
    private final Map<SOp, Map<Double, Signal>> squares = new HashMap<>();
    private final Map<SOp, OneHot> oneHots = new HashMap<>();

    LowerFunctions(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.variables = new Variables(lowerer);
    }

    /** The s-op as a number; bools count as 0 and 1. */
    Signal number(SOp sop) {
        Signal known = numbers.get(sop);
        if (known == null) {
            known = makeNumber(sop);
            numbers.put(sop, known);
        }
        return known;
    }

    /** The s-op as one direction per value. */
    OneHot oneHot(SOp sop) {
        OneHot known = oneHots.get(sop);
        if (known == null) {
            known = makeOneHot(sop);
            oneHots.put(sop, known);
        }
        return known;
    }

    /** True if {@link #oneHot} needs no hidden units beyond those of the attention steps it reads. */
    boolean isOneHotFree(SOp sop) {
        Optional<JointTable> table = lowerer.inference().table(sop);
        return table.isPresent()
                && !isComputedElementwise(sop, table.get())
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
        Optional<JointTable> table = lowerer.inference().table(sop);
        if (table.isPresent()
                && !isComputedElementwise(sop, table.get())
                && table.get().variables().size() == 1
                && variables.isOneHot(table.get().variables().get(0))) {
            double[] weights = new double[table.get().cells().length()];
            for (int cell = 0; cell < weights.length; cell++) {
                double x = table.get().value(cell).map(Lowerer::asNumber).orElse(centre) - centre;
                weights[cell] = x * x;
            }
            return variables.weighted(
                    lowerer.name(sop) + "²", table.get().variables().get(0), weights);
        }
        Signal x = number(sop);
        double[] xs = lowerer.values(sop).stream()
                .mapToDouble(Lowerer::asNumber)
                .distinct()
                .toArray();
        double[] ys = Arrays.stream(xs).map(v -> (v - centre) * (v - centre)).toArray();
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(sop) + "²"));
        int block = x.stage() / 2;
        Origin origin = lowerer.origin(sop, "square of " + lowerer.name(sop));
        lowerer.stream().units(block, Ramps.of(x.form(), xs, ys, LinearForm.of(out), origin));
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(ys[0])), 2 * block + 2);
    }

    private Signal makeNumber(SOp sop) {
        AffineSum sum = AffineSum.of(sop, this::isLeaf);
        Signal total = Signal.constant(sum.constant());
        for (Map.Entry<SOp, Double> leaf : sum.leaves().entrySet()) {
            total = total.plus(leafNumber(leaf.getKey()).times(leaf.getValue()));
        }
        return total;
    }

    /** Functions of one variable are one lookup however they are written. */
    private boolean isLeaf(SOp sop) {
        Optional<JointTable> table = lowerer.inference().table(sop);
        return table.isPresent() && table.get().variables().size() <= 1 && !isComputedElementwise(sop, table.get());
    }

    private static boolean isComputedElementwise(SOp sop, JointTable table) {
        return sop instanceof SOp.Elementwise
                && table.variables().size() == 1
                && table.variables().get(0) instanceof Variable.Computed c
                && c.sop() == sop;
    }

    private Signal leafNumber(SOp sop) {
        Signal known = numbers.get(sop);
        if (known != null) {
            return known;
        }
        if (lowerer.inference().table(sop).isEmpty() && !(sop instanceof SOp.Elementwise)) {
            return lowerer.attention().number(sop);
        }
        JointTable table = table(sop);
        Signal made;
        if (table.variables().isEmpty()) {
            made = Signal.constant(Lowerer.asNumber(table.values().get(0)));
        } else if (table.variables().size() == 1) {
            made = variables.linear(sop, table).orElseGet(() -> stepped(sop, table));
        } else {
            made = stepped(sop, table);
        }
        numbers.put(sop, made);
        return made;
    }

    private Signal stepped(SOp sop, JointTable table) {
        requireOneScale(sop, table);
        Code code = table.variables().size() == 1
                ? variables.ownCode(sop, table, Code.Purpose.NUMBER)
                : new Codes(lowerer, variables).best(sop, table, Code.Purpose.NUMBER);
        return stepNumber(sop, table, code);
    }

    /** The s-op over its variables, or over its arguments where those have too many combinations. */
    private JointTable table(SOp sop) {
        Optional<JointTable> table = lowerer.inference().table(sop).filter(t -> !isComputedElementwise(sop, t));
        if (table.isEmpty() && sop instanceof SOp.Elementwise node) {
            table = ArgumentTable.of(node, lowerer.inference());
        }
        return table.orElseThrow(() -> lowerer.refuse(
                CompileCode.TOO_MANY_VALUES, sop, "depends on too many different combinations of values"));
    }

    private OneHot makeOneHot(SOp sop) {
        JointTable table = table(sop);
        if (table.variables().isEmpty()) {
            return new OneHot(ImmutableMap.of(table.values().get(0), LinearForm.constant(1)), 0);
        }
        if (table.variables().size() == 1) {
            Variable variable = table.variables().get(0);
            return variables.isOneHot(variable)
                    ? grouped(table, variables.oneHot(variable))
                    : stepOneHot(sop, table, variables.ownCode(sop, table, Code.Purpose.VALUES));
        }
        return stepOneHot(sop, table, new Codes(lowerer, variables).best(sop, table, Code.Purpose.VALUES));
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

    private Signal stepNumber(SOp sop, JointTable table, Code code) {
        Direction direction = Direction.number(lowerer.stream().freshName(lowerer.name(sop)));
        Signal input = code.signal().get();
        int block = input.stage() / 2;
        Origin origin = lowerer.origin(sop, "step of " + lowerer.name(sop));
        double first = Lowerer.asNumber(table.values().get(code.values()[0]));
        var steps = new ArrayList<Step>();
        for (int k = 1; k < code.points().length; k++) {
            double change = Lowerer.asNumber(table.values().get(code.values()[k]))
                    - Lowerer.asNumber(table.values().get(code.values()[k - 1]));
            if (change != 0) {
                steps.add(step(sop, steps, code, k, LinearForm.of(direction, change)));
            }
        }
        addSteps(block, input, code, steps, origin);
        return new Signal(LinearForm.of(direction).plus(LinearForm.constant(first)), 2 * block + 2);
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
                    "takes numbers of too different a size to stand in one direction: " + least + " and " + greatest);
        }
    }

    private OneHot stepOneHot(SOp sop, JointTable table, Code code) {
        String name = lowerer.stream().freshName(lowerer.name(sop));
        Signal input = code.signal().get();
        int block = input.stage() / 2;
        Origin origin = lowerer.origin(sop, "step of " + lowerer.name(sop));
        var steps = new ArrayList<Step>();
        for (int k = 1; k < code.points().length; k++) {
            if (code.values()[k] != code.values()[k - 1]) {
                LinearForm change = LinearForm.of(
                                Direction.oneHot(name, table.values().get(code.values()[k])))
                        .minus(LinearForm.of(
                                Direction.oneHot(name, table.values().get(code.values()[k - 1]))));
                steps.add(step(sop, steps, code, k, change));
            }
        }
        addSteps(block, input, code, steps, origin);
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (int v : Arrays.stream(code.values()).distinct().sorted().toArray()) {
            LinearForm form =
                    LinearForm.of(Direction.oneHot(name, table.values().get(v)));
            forms.put(table.values().get(v), v == code.values()[0] ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(forms.buildOrThrow(), 2 * block + 2);
    }

    private void addSteps(int block, Signal input, Code code, List<Step> steps, Origin origin) {
        double low = code.points()[0];
        double high = code.points()[code.points().length - 1];
        var staircase = new Staircase(input.form(), low, high, ImmutableList.copyOf(steps));
        lowerer.stream().units(block, Steps.of(staircase, origin));
    }

    private Step step(SOp sop, List<Step> before, Code code, int k, LinearForm change) {
        if (lowerer.stream().unitCount() + 2 * before.size() > MAX_UNITS) {
            throw lowerer.refuse(CompileCode.TOO_MANY_UNITS, sop, "needs more than " + MAX_UNITS + " hidden units");
        }
        double range = Math.max(Math.abs(code.points()[0]), Math.abs(code.points()[code.points().length - 1]));
        if (code.points()[k] - code.points()[k - 1] < 1e-9 * range) {
            throw lowerer.refuse(CompileCode.VALUES_TOO_CLOSE, sop, "has to tell numbers apart that are too close");
        }
        return new Step(code.points()[k - 1], code.points()[k], change);
    }
}
