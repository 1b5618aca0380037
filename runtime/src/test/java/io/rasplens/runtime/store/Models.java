package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopName;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.StreamPoint;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up models that use every corner of the record: ragged layers, odd values, all the extras. */
final class Models {
    static final int D_MODEL = 5;

    /** Values of every kind, with the ones that JSON finds hard. */
    static final ImmutableList<Value> ODD_VALUES = ImmutableList.of(
            Value.of(1),
            Value.of(1.0),
            Value.of(true),
            Value.of("1"),
            Value.of(-0.0),
            Value.of(0.1),
            Value.of(1e300),
            Value.of(Double.POSITIVE_INFINITY),
            Value.of(Double.NaN),
            IntValue.of(BigInteger.TEN.pow(40)),
            IntValue.of(BigInteger.TEN.pow(2000).negate()),
            Value.of("\"\\\n\u2028 ä 🎈"),
            Value.of("\ud800"),
            Value.of(""));

    private Models() {}

    static CompiledModel ragged(TransformerConfig.Normalization normalization) {
        return ragged(normalization, 6);
    }

    /** @param hidden units of the first layer; the second has none */
    static CompiledModel ragged(TransformerConfig.Normalization normalization, int hidden) {
        var random = new Random(11);
        var encoder = TokenEncoder.forVocabulary(ODD_VALUES);
        int dVocab = encoder.vocabulary().size();
        var config = new TransformerConfig(
                2,
                3,
                D_MODEL,
                4,
                hidden,
                7,
                dVocab,
                ODD_VALUES.size(),
                TransformerConfig.Activation.RELU,
                TransformerConfig.AttentionDirection.CAUSAL,
                normalization,
                1e-5,
                1);
        boolean norms = normalization == TransformerConfig.Normalization.LN;
        Optional<NormWeights> norm = norms
                ? Optional.of(new NormWeights(vector(random, D_MODEL), vector(random, D_MODEL)))
                : Optional.empty();
        var weights = new Weights(
                matrix(random, dVocab, D_MODEL),
                matrix(random, 7, D_MODEL),
                ImmutableList.of(
                        new LayerWeights(
                                ImmutableList.of(head(random, 4, 1), head(random, 0, 2), head(random, 2, 4)),
                                vector(random, D_MODEL),
                                mlp(random, hidden),
                                norm,
                                norm),
                        new LayerWeights(ImmutableList.of(), vector(random, D_MODEL), mlp(random, 0), norm, norm)),
                norm,
                matrix(random, D_MODEL, ODD_VALUES.size()),
                vector(random, ODD_VALUES.size()));
        var source = new SourceRange("x.rasp", 3, 7, "tokens == \"a\"");
        var origin = new Origin("same", "compares", Optional.of(source));
        var other = new Origin("one", "constant", Optional.empty());
        return new CompiledModel(
                config,
                weights,
                Optional.of(encoder),
                Optional.of(new OutputDecoder.Categorical(ODD_VALUES)),
                ImmutableList.of(
                        new ResidualLabel("one", Optional.empty()),
                        new ResidualLabel("a=b", Optional.of(Value.of("'"))),
                        new ResidualLabel("same", Optional.of(Value.of(true))),
                        new ResidualLabel("same", Optional.of(Value.of(-2.0))),
                        new ResidualLabel("same", Optional.of(Value.of(3)))),
                ImmutableList.of(new SopReadout(
                        "same",
                        0,
                        true,
                        matrix(random, D_MODEL, 2),
                        ImmutableDoubleArray.of(0.5, -0.25),
                        new OutputDecoder.Categorical(ImmutableList.of(Value.of(true), Value.of(false))),
                        new SopName("same", OptionalInt.of(1), true),
                        ImmutableList.of(
                                new SopEncoding.Listed(
                                        StreamPoint.EMBEDDING,
                                        ImmutableIntArray.of(0, 3),
                                        ImmutableList.of(Value.of(true), Value.of(false)),
                                        matrix(random, 2, 2)),
                                new SopEncoding.Polynomial(
                                        new StreamPoint(0, true), ImmutableIntArray.of(1), matrix(random, 1, 3))),
                        true)),
                new Provenance(
                        ImmutableList.of(ImmutableList.of(origin, other, origin), ImmutableList.of()),
                        ImmutableList.of(
                                IntStream.range(0, hidden)
                                        .mapToObj(unit -> unit == 3 ? other : origin)
                                        .collect(ImmutableList.toImmutableList()),
                                ImmutableList.of()),
                        ImmutableList.of(other, origin, origin, origin, origin)),
                Optional.of(new ProgramSource(
                        "x.rasp",
                        "same = tokens == \"a\";\n",
                        ImmutableMap.of("lib", "f(x) = x;"),
                        "same",
                        ODD_VALUES,
                        6,
                        true,
                        Level.LEGIBLE,
                        Optional.of(ImmutableList.of("same")))),
                Optional.of(Certificate.of(
                        1e-40,
                        Double.POSITIVE_INFINITY,
                        1e-13,
                        100,
                        () -> new Certificate.Robustness(3e-5, 1e-7, Optional.of("same"), 0, true))));
    }

    /** No layers at all: a program that only renames its tokens. */
    static CompiledModel layerless() {
        var random = new Random(3);
        var encoder = TokenEncoder.forVocabulary(ImmutableList.of(Value.of("a")));
        return new CompiledModel(
                new TransformerConfig(
                        0,
                        0,
                        2,
                        0,
                        0,
                        3,
                        3,
                        1,
                        TransformerConfig.Activation.RELU,
                        TransformerConfig.AttentionDirection.BIDIRECTIONAL,
                        TransformerConfig.Normalization.NONE,
                        1e-5,
                        0),
                new Weights(
                        matrix(random, 3, 2),
                        WeightMatrix.zeros(3, 2),
                        ImmutableList.of(),
                        Optional.empty(),
                        matrix(random, 2, 1),
                        ImmutableDoubleArray.of(0)),
                Optional.of(encoder),
                Optional.of(new OutputDecoder.Numerical(ImmutableList.of(Value.of(0), Value.of(0.5), Value.of(2)))),
                ImmutableList.of(),
                SopReadout.none(),
                Provenance.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    private static HeadWeights head(Random random, int queryKey, int value) {
        return new HeadWeights(
                matrix(random, D_MODEL, queryKey),
                vector(random, queryKey),
                matrix(random, D_MODEL, queryKey),
                vector(random, queryKey),
                matrix(random, D_MODEL, value),
                vector(random, value),
                matrix(random, value, D_MODEL));
    }

    private static MlpWeights mlp(Random random, int hidden) {
        return new MlpWeights(
                matrix(random, D_MODEL, hidden),
                vector(random, hidden),
                matrix(random, hidden, D_MODEL),
                vector(random, D_MODEL));
    }

    private static WeightMatrix matrix(Random random, int rows, int columns) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            if (random.nextInt(3) == 0) {
                matrix.add(i / columns, i % columns, random.nextGaussian());
            }
        }
        return matrix.build();
    }

    private static ImmutableDoubleArray vector(Random random, int length) {
        return ImmutableDoubleArray.copyOf(random.doubles(length).toArray());
    }
}
