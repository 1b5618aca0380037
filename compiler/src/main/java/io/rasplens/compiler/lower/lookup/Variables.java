package io.rasplens.compiler.lower.lookup;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.AttentionReadings;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.TwoValued;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How the variables of elementwise functions stand in the residual stream. */
public final class Variables implements VariableReadings {
    private final Facts facts;
    private final Readings readings;
    private final Supplier<AttentionReadings> attention;
    private final CircuitWriter writer;
    private final Memo<Variable, OneHot> embedded = new Memo<>(this::embed);
    private final Map<List<Double>, Signal> ofTokens = new HashMap<>();
    private final Map<List<Double>, Signal> ofPositions = new HashMap<>();

    /**
     * The variables of a program.
     *
     * @param attention what attention brings, which in turn reads variables
     */
    public Variables(Facts facts, Readings readings, Supplier<AttentionReadings> attention, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.attention = attention;
        this.writer = writer;
    }

    @Override
    public boolean isOneHot(Variable variable) {
        return variable instanceof Variable.Input
                || variable instanceof Variable.Index
                || (TwoValued.isBinary(variable.domain()) && !isSqueezed(variable))
                || (variable instanceof Variable.Computed computed && isOneHot(computed.sop()));
    }

    private boolean isOneHot(SOp sop) {
        if (isAttention(sop)) {
            return attention.get().isOneHot(sop);
        }
        return !facts.isNumber(sop) || (!Facts.isKept(sop) && readings.isOneHotFree(sop));
    }

    private static boolean isAttention(SOp sop) {
        return sop instanceof SOp.Aggregate || sop instanceof SOp.SelectorWidth;
    }

    @Override
    public OneHot oneHot(Variable variable) {
        if (variable instanceof Variable.Length && TwoValued.isBinary(variable.domain())) {
            return TwoValued.of(variable.domain(), number(variable));
        }
        if (variable instanceof Variable.Computed computed) {
            boolean isNumber = isAttention(computed.sop())
                    ? !attention.get().isOneHot(computed.sop())
                    : Facts.isKept(computed.sop()) && facts.isNumber(computed.sop());
            if (isNumber && !isSqueezed(variable) && TwoValued.isBinary(variable.domain())) {
                return TwoValued.of(variable.domain(), number(variable));
            }
            return isAttention(computed.sop())
                    ? attention.get().oneHot(computed.sop())
                    : readings.oneHot(computed.sop());
        }
        return embedded.get(variable);
    }

    private OneHot embed(Variable variable) {
        boolean input = variable instanceof Variable.Input;
        Feature feature = input
                ? writer.oneHotFeature("tokens", SOp.Tokens.class::isInstance)
                : writer.oneHotFeature("indices", SOp.Indices.class::isInstance);
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (int i = 0; i < variable.domain().size(); i++) {
            Value value = variable.domain().get(i);
            Direction direction = Direction.oneHot(feature, value);
            forms.put(value, LinearForm.of(direction));
            if (input) {
                writer.embedToken(direction, value, 1);
            } else {
                writer.embedPosition(direction, i, 1);
            }
        }
        return new OneHot(forms.buildOrThrow(), Stage.EMBEDDING);
    }

    /** A function of one variable without hidden units, if it has such a form. */
    Optional<Signal> linear(SOp sop, JointTable table) {
        Variable variable = table.variables().get(0);
        if (variable instanceof Variable.Input || variable instanceof Variable.Index) {
            return Optional.of(embedNumber(() -> writer.feature(sop), variable, numbers(table)));
        }
        if (isOneHot(variable)) {
            return Optional.of(weighted(() -> writer.feature(sop), variable, numbers(table)));
        }
        return isSqueezed(variable)
                ? Optional.empty()
                : affine(table).map(line -> number(variable).times(line[0]).plus(Signal.constant(line[1])));
    }

    /** True if {@link #linear} has an answer. */
    @Override
    public boolean isLinear(JointTable table) {
        return table.variables().isEmpty()
                || (table.variables().size() == 1
                        && (isOneHot(table.variables().get(0))
                                || (!isSqueezed(table.variables().get(0))
                                        && affine(table).isPresent())));
    }

    @Override
    public boolean isSqueezed(SOp sop) {
        return attention.get().isSqueezed(sop);
    }

    private boolean isSqueezed(Variable variable) {
        return variable instanceof Variable.Computed computed && isSqueezed(computed.sop());
    }

    @Override
    public Optional<Summand> summand(SOp sop, JointTable table) {
        if (isLinear(table)) {
            return Optional.of(new Summand(() -> readings.number(sop), numbers(table), 0));
        }
        if (table.variables().size() != 1 || !isSqueezed(table.variables().get(0))) {
            return Optional.empty();
        }
        Variable variable = table.variables().get(0);
        return affine(table)
                .map(line -> new Summand(
                        () -> number(variable).times(line[0]).plus(Signal.constant(line[1])),
                        Arrays.stream(held(variable))
                                .map(x -> line[0] * x + line[1])
                                .toArray(),
                        Math.abs(line[0]) * blur(variable)));
    }

    @Override
    public double[] held(Variable variable) {
        double[] numbers =
                variable.domain().stream().mapToDouble(Values::asNumber).toArray();
        return variable instanceof Variable.Computed computed && isSqueezed(variable)
                ? Arrays.stream(numbers)
                        .map(x -> attention.get().held(computed.sop(), x))
                        .toArray()
                : numbers;
    }

    @Override
    public double blur(Variable variable) {
        return variable instanceof Variable.Computed computed && isSqueezed(variable)
                ? attention.get().blur(computed.sop())
                : 0;
    }

    @Override
    public Signal weighted(Supplier<Feature> feature, Variable variable, double[] weights) {
        if (variable instanceof Variable.Input || variable instanceof Variable.Index) {
            return embedNumber(feature, variable, weights);
        }
        OneHot base = oneHot(variable);
        var forms = new ArrayList<LinearForm>();
        for (int i = 0; i < weights.length; i++) {
            forms.add(base.form(variable.domain().get(i)).times(weights[i]));
        }
        return new Signal(LinearForm.sum(forms), base.stage());
    }

    @Override
    public Signal number(Variable variable) {
        if (variable instanceof Variable.Computed computed && isSqueezed(variable)) {
            return attention.get().squeezed(computed.sop());
        }
        if (variable instanceof Variable.Computed computed) {
            return isAttention(computed.sop())
                    ? attention.get().number(computed.sop())
                    : readings.number(computed.sop());
        }
        return attention.get().length();
    }

    @Override
    public Stage stage(Variable variable) {
        if (variable instanceof Variable.Input || variable instanceof Variable.Index) {
            return Stage.EMBEDDING;
        }
        return isOneHot(variable) ? oneHot(variable).stage() : number(variable).stage();
    }

    @Override
    public Signal position() {
        int positions = facts.target().maxLength();
        return embedPositions(
                () -> writer.feature("indices", SOp.Indices.class::isInstance),
                IntStream.range(0, positions).asDoubleStream().toArray());
    }

    private Signal embedNumber(Supplier<Feature> feature, Variable variable, double[] weights) {
        return variable instanceof Variable.Input
                ? embedTokens(feature, variable.domain(), weights)
                : embedPositions(feature, weights);
    }

    private Signal embedTokens(Supplier<Feature> feature, List<Value> tokens, double[] weights) {
        return ofTokens.computeIfAbsent(Arrays.stream(weights).boxed().toList(), k -> {
            Direction direction = Direction.number(feature.get());
            for (int i = 0; i < weights.length; i++) {
                writer.embedToken(direction, tokens.get(i), weights[i]);
            }
            return new Signal(LinearForm.of(direction), Stage.EMBEDDING);
        });
    }

    private Signal embedPositions(Supplier<Feature> feature, double[] weights) {
        return ofPositions.computeIfAbsent(Arrays.stream(weights).boxed().toList(), k -> {
            Direction direction = Direction.number(feature.get());
            for (int i = 0; i < weights.length; i++) {
                writer.embedPosition(direction, i, weights[i]);
            }
            return new Signal(LinearForm.of(direction), Stage.EMBEDDING);
        });
    }

    private static double[] numbers(JointTable table) {
        double[] numbers = new double[table.cells().length()];
        for (int cell = 0; cell < numbers.length; cell++) {
            numbers[cell] = table.value(cell).map(Values::asNumber).orElse(0.0);
        }
        return numbers;
    }

    /** Slope and intercept over the variable's own number, if all defined cells lie on a line. */
    private static Optional<double[]> affine(JointTable table) {
        Variable variable = table.variables().get(0);
        int first = -1;
        double slope = 0;
        double intercept = 0;
        boolean haveSlope = false;
        for (int cell = 0; cell < table.cells().length(); cell++) {
            if (table.value(cell).isEmpty()) {
                continue;
            }
            if (!variable.domain().get(cell).isNumeric()
                    || !table.value(cell).get().isNumeric()) {
                return Optional.empty();
            }
            double x = Values.toDouble(variable.domain().get(cell));
            double y = Values.toDouble(table.value(cell).get());
            if (first < 0) {
                first = cell;
                intercept = y;
            } else {
                double x0 = Values.toDouble(variable.domain().get(first));
                double y0 = Values.toDouble(table.value(first).get());
                // Rounding alone makes no line.
                if (!haveSlope && Math.abs(x - x0) > Precision.PROMISED * Math.max(Math.abs(x), Math.abs(x0))) {
                    slope = (y - y0) / (x - x0);
                    intercept = y0 - slope * x0;
                    haveSlope = true;
                }
                if (Math.abs(slope * x + intercept - y) > 1e-12 * Math.max(1, Math.abs(y))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new double[] {slope, intercept});
    }
}
