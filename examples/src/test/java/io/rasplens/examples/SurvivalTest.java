package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do to a model at the default level leaves its answers alone: of examples as they are, and at the sizes of the table. */
class SurvivalTest {
    /** Numbers in float32: seven digits, of which sums over the stream cost some. */
    private static final double FLOAT32 = 1e-3;

    static List<SizedProgram> programs() {
        return SizedProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void editsOfAMillionthChangeNoAnswer(SizedProgram program) {
        CompiledModel model = program.model();

        assertThat(StreamEdits.of(model)
                        .changes(1e-6, model.certificate().orElseThrow().movement()))
                .isZero();
    }

    /** It is the same for all inputs, so that its mean is no news. */
    @ParameterizedTest
    @MethodSource("programs")
    void bosIsItsMean(SizedProgram program) {
        CompiledModel model = program.model();
        HookedTransformer transformer = HookedTransformer.load(model);
        List<ImmutableList<Value>> inputs = StreamEdits.inputs(model.program().orElseThrow());
        int layers = model.config().nLayers();
        for (String point : List.of("hook_resid_pre", "hook_resid_mid", "hook_resid_post")) {
            for (int layer = 0; layer < layers; layer++) {
                String name = "blocks." + layer + "." + point;
                double[] mean = meanOfBos(transformer, inputs, name);
                for (ImmutableList<Value> input : inputs) {
                    TokenBatch tokens = transformer.encode(input);
                    Tensor logits = transformer.forward(
                            tokens, RunOptions.PLAIN.hook(name, (x, at) -> Optional.of(withBos(x, mean))));
                    assertThat(StreamEdits.isSame(answer(transformer, logits, tokens), transformer.run(input)))
                            .as("%s ablated at %s", input, name)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void float32AndATurnedStreamChangeNoAnswer(SizedProgram program) {
        CompiledModel model = program.model();
        assertThat(model.certificate().orElseThrow().exactInFloat32()).isTrue();
        int d = model.config().dModel();
        HookedTransformer transformer = HookedTransformer.load(model);
        DMatrixRMaj turn = RandomMatrices_DDRM.orthogonal(d, d, new Random(5));
        for (DMatrixRMaj matrix : List.of(CommonOps_DDRM.identity(d), turn)) {
            var forward = new FloatForward(model, matrix);
            for (ImmutableList<Value> input : StreamEdits.inputs(model.program().orElseThrow())) {
                float[][] logits = forward.logits(ids(transformer.encode(input)));
                List<Value> answer = new ArrayList<>();
                for (int p = 1; p < logits.length; p++) {
                    answer.add(decoded(model.decoder().orElseThrow(), logits[p]));
                }
                assertThat(isNearly(
                                answer, transformer.run(input), model.decoder().orElseThrow()))
                        .as("%s: %s", input, answer)
                        .isTrue();
            }
        }
    }

    private static int[] ids(TokenBatch tokens) {
        return tokens.row(0).stream().toArray();
    }

    private static Value decoded(OutputDecoder decoder, float[] logits) {
        double[] wide = new double[logits.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = logits[i];
        }
        return decoder.decode(wide);
    }

    /** Numbers that are looked up in a list are to be the same ones, but for those that only rounding tells apart. */
    private static boolean isNearly(List<Value> answer, List<Value> other, OutputDecoder decoder) {
        boolean listed = !(decoder instanceof OutputDecoder.Numerical numerical
                && numerical.values().isEmpty());
        for (int p = 0; p < answer.size(); p++) {
            Value one = answer.get(p);
            Value two = other.get(p);
            boolean near = Values.isNumber(one)
                    && Values.isNumber(two)
                    && Math.abs(Values.toDouble(one) - Values.toDouble(two)) <= (listed ? 1e-9 : FLOAT32);
            if (!near && !one.equals(two)) {
                return false;
            }
        }
        return answer.size() == other.size();
    }

    private static List<Value> answer(HookedTransformer transformer, Tensor logits, TokenBatch tokens) {
        return transformer.decode(logits, tokens).get(0);
    }

    private static double[] meanOfBos(HookedTransformer transformer, List<ImmutableList<Value>> inputs, String point) {
        double[] mean = new double[transformer.config().dModel()];
        for (ImmutableList<Value> input : inputs) {
            double[] row = transformer.runWithCache(input).cache().get(point).toArray();
            for (int d = 0; d < mean.length; d++) {
                mean[d] += row[d] / inputs.size();
            }
        }
        return mean;
    }

    private static Tensor withBos(Tensor activation, double[] row) {
        double[] values = activation.toArray();
        System.arraycopy(row, 0, values, 0, row.length);
        return Tensor.of(values, activation.axes());
    }
}
