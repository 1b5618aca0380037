package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Whatever is asked for stands in the stream from the embedding on, in directions of its own: a room of the lowering can be looked at
 * alone. Everything is there as a number; what is there as a one-hot too has to be said.
 */
public final class FakeReadings implements Readings, VariableReadings {
    private final Facts facts;
    private final CircuitWriter writer;
    private final Map<Object, LinearForm> numbers = new HashMap<>();
    private final Map<Object, OneHot> oneHots = new HashMap<>();
    private final Set<SOp> free = new HashSet<>();
    private final Set<SOp> late = new HashSet<>();

    public FakeReadings(Facts facts, CircuitWriter writer) {
        this.facts = facts;
        this.writer = writer;
    }

    /** From now on the s-op is there as a one-hot. */
    public void setOneHot(SOp sop) {
        free.add(sop);
    }

    /** From now on the s-op takes hidden units to be read as a number. */
    public void setLate(SOp sop) {
        late.add(sop);
    }

    @Override
    public Signal number(SOp sop) {
        return new Signal(numbers.computeIfAbsent(sop, s -> LinearForm.of(writer.freshNumber(sop))), Stage.EMBEDDING);
    }

    @Override
    public OneHot oneHot(SOp sop) {
        return oneHots.computeIfAbsent(sop, s -> made(writer.feature(sop), facts.values(sop)));
    }

    @Override
    public Signal square(SOp sop, double centre) {
        return new Signal(
                numbers.computeIfAbsent(
                        List.of(sop, centre), s -> LinearForm.of(Direction.number(writer.feature(sop, "²")))),
                Stage.EMBEDDING);
    }

    @Override
    public Optional<Stepped> among(SOp number, ImmutableDoubleArray others) {
        return Optional.empty();
    }

    @Override
    public OneHot places(Stepped among) {
        throw new UnsupportedOperationException("no places");
    }

    @Override
    public boolean isOneHotFree(SOp sop) {
        return free.contains(sop);
    }

    @Override
    public boolean isNumberFree(SOp sop) {
        return !late.contains(sop);
    }

    @Override
    public boolean isMade(SOp sop) {
        return numbers.containsKey(sop);
    }

    /** Tokens and positions are one-hots, as they always are; so is an s-op that is there as one. */
    @Override
    public boolean isOneHot(Variable variable) {
        return variable instanceof Variable.Input
                || variable instanceof Variable.Index
                || (variable instanceof Variable.Computed computed && free.contains(computed.sop()));
    }

    @Override
    public OneHot oneHot(Variable variable) {
        return variable instanceof Variable.Computed computed
                ? oneHot(computed.sop())
                : oneHots.computeIfAbsent(variable, v -> made(writer.feature("variable"), variable.domain()));
    }

    @Override
    public Signal number(Variable variable) {
        return variable instanceof Variable.Computed computed
                ? number(computed.sop())
                : new Signal(
                        numbers.computeIfAbsent(
                                variable, v -> LinearForm.of(Direction.number(writer.feature("variable")))),
                        Stage.EMBEDDING);
    }

    @Override
    public Signal weighted(Supplier<Feature> feature, Variable variable, double[] weights) {
        OneHot oneHot = oneHot(variable);
        LinearForm form = LinearForm.ZERO;
        for (int i = 0; i < weights.length; i++) {
            form = form.plus(oneHot.form(variable.domain().get(i)).times(weights[i]));
        }
        return new Signal(form, Stage.EMBEDDING);
    }

    /** Of what is there as a number only the number itself is. */
    @Override
    public boolean isLinear(JointTable table) {
        return table.variables().stream()
                .allMatch(v -> isOneHot(v) || table.values().equals(v.domain()));
    }

    @Override
    public boolean isSqueezed(SOp sop) {
        return false;
    }

    @Override
    public double[] held(Variable variable) {
        return variable.domain().stream().mapToDouble(Values::asNumber).toArray();
    }

    @Override
    public double blur(Variable variable) {
        return 0;
    }

    @Override
    public Optional<Summand> summand(SOp sop, JointTable table) {
        if (!isLinear(table)) {
            return Optional.empty();
        }
        double[] made = IntStream.range(0, table.cells().length())
                .mapToDouble(cell -> table.value(cell).map(Values::asNumber).orElse(0.0))
                .toArray();
        return Optional.of(new Summand(() -> number(sop), made, 0));
    }

    @Override
    public Signal position() {
        return new Signal(
                numbers.computeIfAbsent("position", p -> LinearForm.of(Direction.number(writer.feature("position")))),
                Stage.EMBEDDING);
    }

    @Override
    public Stage stage(Variable variable) {
        return Stage.EMBEDDING;
    }

    /**
     * What the embedding would write at a position for everything that was asked for to be there.
     *
     * @param input what the interpreter takes
     */
    LinearForm at(List<Value> input, int position) {
        LinearForm row = LinearForm.ZERO;
        for (Map.Entry<Object, LinearForm> number : numbers.entrySet()) {
            row = row.plus(number.getValue().times(Values.asNumber(value(number.getKey(), input, position))));
        }
        for (Map.Entry<Object, OneHot> oneHot : oneHots.entrySet()) {
            row = row.plus(oneHot.getValue().form(value(oneHot.getKey(), input, position)));
        }
        return row;
    }

    private Value value(Object asked, List<Value> input, int position) {
        if (asked instanceof SOp sop) {
            try {
                return Interpreter.evaluate(sop, input, facts.program().causal())
                        .get(position);
            } catch (EvaluationException failed) {
                throw new AssertionError(failed);
            }
        }
        if (asked instanceof List<?> square) {
            double centred = Values.asNumber(value(square.get(0), input, position))
                    - (Double) Objects.requireNonNull(square.get(1));
            return Value.of(centred * centred);
        }
        return asked instanceof Variable.Input ? input.get(position) : Value.of(position);
    }

    private static OneHot made(Feature feature, List<Value> values) {
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        values.forEach(value -> forms.put(value, LinearForm.of(Direction.oneHot(feature, value))));
        return new OneHot(forms.buildOrThrow(), Stage.EMBEDDING);
    }
}
