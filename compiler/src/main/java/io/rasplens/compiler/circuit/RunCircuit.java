package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The forward pass over named directions, straight from the formulas: what blocks mean, before they are a model. It shares
 * nothing with the engine, so that the two can be compared.
 */
public final class RunCircuit {
    private final Circuit circuit;
    private final Map<Direction, Integer> numbers = new HashMap<>();
    private final ImmutableList.Builder<double[][]> stages = ImmutableList.builder();
    private final ImmutableList.Builder<ImmutableList<double[][]>> scores = ImmutableList.builder();
    private double[][] stream;

    private RunCircuit(Circuit circuit, int positions) {
        this.circuit = circuit;
        circuit.directions().forEach(d -> numbers.put(d, numbers.size()));
        this.stream = new double[positions][numbers.size()];
    }

    /**
     * Runs the blocks on an input without BOS, which is added.
     *
     * @throws IllegalArgumentException if a token is unknown or there are too many
     */
    public static CircuitTrace run(Circuit circuit, List<? extends Value> input) {
        if (input.size() > circuit.positions().size()) {
            throw new IllegalArgumentException(
                    "at most " + circuit.positions().size() + " tokens, got " + input.size());
        }
        var run = new RunCircuit(circuit, input.size() + 1);
        run.embed(input);
        for (Block block : circuit.blocks()) {
            run.attend(block);
            run.think(block);
        }
        return new CircuitTrace(run.numbers, run.stages.build(), run.scores.build());
    }

    private void embed(List<? extends Value> input) {
        add(stream[0], LinearForm.of(Direction.BOS), 1);
        for (int i = 0; i < input.size(); i++) {
            LinearForm token = circuit.tokens().get(input.get(i));
            if (token == null) {
                throw new IllegalArgumentException(input.get(i).repr() + " is not in the vocabulary");
            }
            add(stream[i + 1], token, 1);
            add(stream[i + 1], circuit.positions().get(i), 1);
        }
        stages.add(copy(stream));
    }

    private void attend(Block block) {
        double[][] before = copy(stream);
        var seen = new ArrayList<double[][]>();
        for (Head head : block.heads()) {
            double[][] raw = scores(head, before);
            seen.add(raw);
            double factor = head.valueFactor(1);
            for (int query = 0; query < stream.length; query++) {
                double[] pattern = CircuitTrace.softmax(raw[query]);
                for (ValueTerm value : head.values()) {
                    double sum = 0;
                    for (int key = 0; key < pattern.length; key++) {
                        sum += pattern[key] * (factor * read(before[key], value.value()));
                    }
                    add(stream[query], value.output(), sum);
                }
            }
        }
        scores.add(ImmutableList.copyOf(seen));
        stages.add(copy(stream));
    }

    /** {@code [query, key]}; causal queries see as many keys as stand before them and their own. */
    private double[][] scores(Head head, double[][] before) {
        double[][] raw = new double[before.length][];
        for (int query = 0; query < before.length; query++) {
            raw[query] = new double[circuit.causal() ? query + 1 : before.length];
            for (ScoreTerm term : head.terms()) {
                double q = read(before[query], term.query());
                for (int key = 0; q != 0 && key < raw[query].length; key++) {
                    raw[query][key] += q * read(before[key], term.key());
                }
            }
        }
        return raw;
    }

    private void think(Block block) {
        double[][] before = copy(stream);
        for (HiddenUnit unit : block.units()) {
            for (int p = 0; p < stream.length; p++) {
                double post = Math.max(0, read(before[p], unit.input()));
                if (post != 0) {
                    add(stream[p], unit.output(), post);
                }
            }
        }
        stages.add(copy(stream));
    }

    private double read(double[] row, LinearForm form) {
        double sum = 0;
        for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
            sum += row[number(term.getKey())] * term.getValue();
        }
        return sum;
    }

    private void add(double[] row, LinearForm form, double factor) {
        form.terms().forEach((direction, c) -> row[number(direction)] += factor * c);
    }

    private int number(Direction direction) {
        Integer number = numbers.get(direction);
        if (number == null) {
            throw new IllegalStateException("no direction " + direction);
        }
        return number;
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
