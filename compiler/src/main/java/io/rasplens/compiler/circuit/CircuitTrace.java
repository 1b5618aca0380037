package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;

/** Everything that {@link RunCircuit} saw on one input; position 0 is BOS. */
public final class CircuitTrace {
    private final ImmutableMap<Direction, Integer> numbers;
    private final ImmutableList<double[][]> stages;
    private final ImmutableList<ImmutableList<double[][]>> scores;

    CircuitTrace(
            Map<Direction, Integer> numbers,
            ImmutableList<double[][]> stages,
            ImmutableList<ImmutableList<double[][]>> scores) {
        this.numbers = ImmutableMap.copyOf(numbers);
        this.stages = stages;
        this.scores = scores;
    }

    /** BOS among them. */
    public int positions() {
        return stages.get(0).length;
    }

    /**
     * A form's value at a position.
     *
     * @param stage what has written by then
     */
    public double read(LinearForm form, Stage stage, int position) {
        double sum = 0;
        for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
            Integer number = numbers.get(term.getKey());
            if (number == null) {
                throw new IllegalArgumentException("no direction " + term.getKey());
            }
            sum += stages.get(stage.sublayers())[position][number] * term.getValue();
        }
        return sum;
    }

    /** What the forms say at each position but BOS's. */
    public ImmutableList<Value> decode(List<LinearForm> logits, OutputDecoder decoder, Stage stage) {
        ImmutableList.Builder<Value> values = ImmutableList.builder();
        for (int p = 1; p < positions(); p++) {
            int position = p;
            values.add(decoder.decode(logits.stream()
                    .mapToDouble(form -> read(form, stage, position))
                    .toArray()));
        }
        return values.build();
    }

    /** The last stage there is. */
    public Stage lastStage() {
        return new Stage(stages.size() - 1);
    }

    /** A head's scores {@code [query, key]}; causal rows end at the query. */
    public double[][] scores(int block, int head) {
        double[][] raw = scores.get(block).get(head);
        return java.util.Arrays.stream(raw).map(double[]::clone).toArray(double[][]::new);
    }

    /** {@code exp(x_i) / Σ exp(x_j)}. */
    public static double[] softmax(double[] scores) {
        double max = java.util.Arrays.stream(scores).max().orElse(0);
        double[] weights = java.util.Arrays.stream(scores)
                .map(x -> StrictMath.exp(x - max))
                .toArray();
        double sum = java.util.Arrays.stream(weights).sum();
        return java.util.Arrays.stream(weights).map(w -> w / sum).toArray();
    }
}
