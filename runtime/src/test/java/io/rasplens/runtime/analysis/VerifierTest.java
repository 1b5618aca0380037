package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifierTest {
    @Test
    void modelsThatAreRight() {
        Verification reverse = verify(load("reverse"), FixturePrograms.reverse(), 5);

        assertThat(reverse.agrees()).isTrue();
        assertThat(reverse.exhaustive()).isTrue();
        assertThat(reverse.checked()).isEqualTo(3 + 9 + 27 + 81 + 243);
        assertThat(reverse.programErrors()).isZero();
        assertThat(reverse.maxError()).isZero();
        assertThat(reverse.minMargin().orElseThrow()).isBetween(0.99, 1.01);
        assertThat(reverse.divergence()).isEmpty();
        assertThat(verify(load("hist"), FixturePrograms.hist(), 4).agrees()).isTrue();
        assertThat(verify(load("causal_width"), FixturePrograms.causalWidth(), 5)
                        .agrees())
                .isTrue();
    }

    @Test
    void aSampleWhereThereAreTooManyInputs() {
        CompiledModel model = load("hist");
        var options =
                VerifyOptions.of(model.encoder().orElseThrow().tokens(), 6).budget(60);

        Verification result = new Verifier(new NaiveTransformer(model), FixturePrograms.hist(), options).verify();

        assertThat(result.agrees()).isTrue();
        assertThat(result.exhaustive()).isFalse();
        assertThat(result.checked()).isEqualTo(60);
    }

    @Test
    void numbersThatAreATenMillionthOffAreFound() {
        Verification result = verify(load("frac_prevs"), FixturePrograms.fracPrevs(), 3);

        assertThat(result.agrees()).as("the fixture is in single precision").isFalse();
        assertThat(result.maxError()).isBetween(1e-9, 1e-6);
        assertThat(result.minMargin()).isEmpty();
        assertThat(result.mismatches().get(0).input()).containsExactly(Value.of("x"));
    }

    @Test
    void inputsOnWhichTheProgramFailsAreCountedAndNotCompared() {
        Verification result = verify(load("reverse"), FixturePrograms.reciprocal(), 2);

        assertThat(result.checked()).isEqualTo(3 + 9);
        assertThat(result.programErrors()).isEqualTo(1 + 5);
        assertThat(result.undefined()).contains(new UndefinedInputs(ImmutableList.of(Value.of(3)), 3 + 9, 1 + 5, true));
        assertThat(result.mismatchCount()).isEqualTo(2 + 4);
        assertThat(result.mismatches()).noneMatch(m -> m.input().contains(Value.of(3)));
    }

    @Test
    void aFlippedWeightIsFoundShrunkAndLocated() {
        CompiledModel model = withReadouts(load("reverse"));
        int dimension = label(model, "map_3", Value.of(0));
        CompiledModel broken = withFlippedMlpOutput(model, 2, dimension);

        Verification result = verify(broken, FixturePrograms.reverse(), 5);

        assertThat(result.agrees()).isFalse();
        Verification.Mismatch first = result.mismatches().get(0);
        assertThat(first.input())
                .as("the last position reads position 0, wherever it is")
                .hasSize(2);
        Answers answers = answers(broken);
        assertThat(new ShrinkInput(
                                vocabulary(broken),
                                input -> answers.mismatch(input).isPresent(),
                                100)
                        .shrink(first.input()))
                .isEqualTo(first.input());
        Verification.Divergence divergence = result.divergence().orElseThrow();
        assertThat(divergence.sop()).isEqualTo("opp");
        assertThat(divergence.hook()).isEqualTo("blocks.2.hook_resid_post");
        assertThat(divergence.position()).isEqualTo(first.input().size() - 1);
        assertThat(divergence.expected()).isEqualTo(Value.of(0));
    }

    @Test
    void withoutReadoutsTheOutputIsNamed() {
        CompiledModel model = load("hist");
        CompiledModel broken = withFlippedMlpOutput(model, 0, label(model, "hist_7", Value.of(2)));

        Verification result = verify(broken, FixturePrograms.hist(), 3);

        assertThat(result.mismatches().get(0).input()).hasSize(2);
        assertThat(result.divergence().orElseThrow().sop()).isEqualTo("hist");
        assertThat(result.divergence().orElseThrow().hook()).isEqualTo("unembed.hook_out");
    }

    @Test
    void everyDisagreementIsCountedSomeAreKept() {
        CompiledModel model = load("hist");
        var options =
                VerifyOptions.of(model.encoder().orElseThrow().tokens(), 5).budget(2000);

        Verification result =
                new Verifier(new NaiveTransformer(model), FixturePrograms.causalWidth(), options).verify();

        assertThat(result.mismatchCount()).isGreaterThan(Verifier.MOST_MISMATCHES);
        assertThat(result.mismatches()).hasSize(Verifier.MOST_MISMATCHES);
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        CompiledModel model = load("causal_width");
        CompiledModel broken = withUnembedBias(model, Double.NaN);

        assertThatThrownBy(() -> verify(broken, FixturePrograms.causalWidth(), 2))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unembed.b_U is NaN");
    }

    private static Verification verify(CompiledModel model, RaspProgram program, int maxLength) {
        return Verifier.verify(HookedTransformer.load(model), program, VerifyOptions.of(vocabulary(model), maxLength));
    }

    private static ImmutableList<Value> vocabulary(CompiledModel model) {
        return model.encoder().orElseThrow().tokens();
    }

    private static Answers answers(CompiledModel model) {
        return new Answers(new NaiveTransformer(model), FixturePrograms.reverse());
    }

    private static CompiledModel load(String fixture) {
        return ModelStore.load(Fixtures.model(fixture)).orThrow();
    }

    private static int label(CompiledModel model, String sop, Value value) {
        return model.labels().indexOf(new ResidualLabel(sop, Optional.of(value)));
    }

    /** Tracr's names for what {@code reverse.rasp} calls length and opp, and where they are finished. */
    private static CompiledModel withReadouts(CompiledModel model) {
        return with(
                model,
                model.weights(),
                ImmutableList.of(
                        readout(model, "reverse_1", "reverse", 3, true),
                        readout(model, "map_3", "opp", 2, false),
                        readout(model, "selector_width_5", "length", 0, false)));
    }

    private static SopReadout readout(
            CompiledModel model, String label, String sop, int layer, boolean afterAttention) {
        List<Integer> dimensions = IntStream.range(0, model.labels().size())
                .filter(d -> model.labels().get(d).sop().equals(label))
                .boxed()
                .toList();
        WeightMatrix.Builder projection = WeightMatrix.builder(model.config().dModel(), dimensions.size());
        for (int i = 0; i < dimensions.size(); i++) {
            projection.add(dimensions.get(i), i, 1);
        }
        return new SopReadout(
                sop,
                layer,
                afterAttention,
                projection.build(),
                ImmutableDoubleArray.copyOf(new double[dimensions.size()]),
                new OutputDecoder.Categorical(dimensions.stream()
                        .map(d -> model.labels().get(d).value().orElseThrow())
                        .collect(ImmutableList.toImmutableList())));
    }

    /** What the MLP of a layer writes to one dimension, negated. */
    private static CompiledModel withFlippedMlpOutput(CompiledModel model, int layer, int dimension) {
        LayerWeights old = model.weights().layers().get(layer);
        WeightMatrix.Builder wOut =
                WeightMatrix.builder(old.mlp().wOut().rows(), old.mlp().wOut().columns());
        for (int i = 0; i < old.mlp().wOut().rows(); i++) {
            for (int j = 0; j < old.mlp().wOut().columns(); j++) {
                wOut.add(i, j, old.mlp().wOut().get(i, j) * (j == dimension ? -1 : 1));
            }
        }
        var mlp = new MlpWeights(
                old.mlp().wIn(), old.mlp().bIn(), wOut.build(), old.mlp().bOut());
        List<LayerWeights> layers = new ArrayList<>(model.weights().layers());
        layers.set(layer, new LayerWeights(old.heads(), old.bO(), mlp, old.ln1(), old.ln2()));
        Weights w = model.weights();
        return with(
                model,
                new Weights(
                        w.embed(),
                        w.posEmbed(),
                        ImmutableList.copyOf(layers),
                        w.lnFinal(),
                        w.unembed(),
                        w.unembedBias()),
                model.readouts());
    }

    private static CompiledModel withUnembedBias(CompiledModel model, double value) {
        double[] bias = model.weights().unembedBias().toArray();
        bias[0] = value;
        Weights w = model.weights();
        return with(
                model,
                new Weights(
                        w.embed(),
                        w.posEmbed(),
                        w.layers(),
                        w.lnFinal(),
                        w.unembed(),
                        ImmutableDoubleArray.copyOf(bias)),
                model.readouts());
    }

    private static CompiledModel with(CompiledModel m, Weights weights, ImmutableList<SopReadout> readouts) {
        return new CompiledModel(
                m.config(),
                weights,
                m.encoder(),
                m.decoder(),
                m.labels(),
                readouts,
                m.provenance(),
                m.program(),
                m.certificate());
    }
}
