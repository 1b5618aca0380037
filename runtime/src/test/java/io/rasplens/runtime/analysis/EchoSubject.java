package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A model without weights, over the tokens 0, 1, …, that says to an input whatever a test wants it to, and notes what it was asked. */
final class EchoSubject implements Subject {
    final List<List<ImmutableList<Value>>> asked = new ArrayList<>();
    private final CompiledModel model;
    private final TokenEncoder encoder;
    private final Function<ImmutableList<Value>, double[][]> says;

    /**
     * @param sizes dModel, dMlp, heads, dHead: of no consequence but for how much is asked at once
     * @param says the logits at each token of an input
     */
    EchoSubject(int tokens, OutputDecoder decoder, Function<ImmutableList<Value>, double[][]> says, int... sizes) {
        int[] all = sizes.length == 0 ? new int[] {1, 1, 1, 1} : sizes;
        this.encoder = TokenEncoder.forVocabulary(
                IntStream.range(0, tokens).mapToObj(Value::of).collect(ImmutableList.toImmutableList()));
        this.says = says;
        var config = new TransformerConfig(
                1,
                all[2],
                all[0],
                all[3],
                all[1],
                100,
                encoder.vocabulary().size(),
                1,
                Activation.RELU,
                AttentionDirection.BIDIRECTIONAL,
                Normalization.NONE,
                0,
                1);
        var nothing = WeightMatrix.zeros(1, 1);
        this.model = new CompiledModel(
                config,
                new Weights(
                        nothing, nothing, ImmutableList.of(), Optional.empty(), nothing, ImmutableDoubleArray.of(0)),
                Optional.of(encoder),
                Optional.of(decoder),
                ImmutableList.of(),
                SopReadout.none(),
                Provenance.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    /** One logit at each token: the token itself, as a number, put through a function. */
    static double[][] numbers(List<Value> input, Function<Double, Double> changed) {
        return input.stream()
                .map(value -> new double[] {changed.apply(Values.toDouble(value))})
                .toArray(double[][]::new);
    }

    ImmutableList<Value> tokens() {
        return encoder.tokens();
    }

    @Override
    public CompiledModel model() {
        return model;
    }

    @Override
    public double[][][] logits(List<int[]> ids) {
        List<ImmutableList<Value>> inputs = ids.stream()
                .map(row -> IntStream.of(row)
                        .skip(1)
                        .mapToObj(encoder.vocabulary()::get)
                        .collect(ImmutableList.toImmutableList()))
                .toList();
        asked.add(inputs);
        return inputs.stream().map(this::withBos).toArray(double[][][]::new);
    }

    private double[][] withBos(ImmutableList<Value> input) {
        double[][] at = says.apply(input);
        var rows = new double[at.length + 1][];
        rows[0] = new double[at.length == 0 ? 1 : at[0].length];
        System.arraycopy(at, 0, rows, 1, at.length);
        return rows;
    }

    @Override
    public double[][] activation(int[] ids, String hook) {
        throw new UnsupportedOperationException("nothing can be read");
    }
}
