package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Edits of the residual stream as large as the certificate allows change no answer: random ones, and ones along what any head or hidden
 * unit reads, at every hook point at once. And the certificate is of use: edits not much larger do change an answer.
 */
class ToleranceTest {
    private static final String[] POINTS = {
        "blocks.*.hook_resid_pre", "blocks.*.hook_resid_mid", "blocks.*.hook_resid_post"
    };
    private static final int INPUTS = 12;

    /** Edits so much larger than certified do change an answer. */
    private static final double USEFUL = 200;

    /** Sums of squeezed counts and squares of numbers up to hundreds: bounds on those add up what can't come together. */
    private static final Set<String> LOOSE = Set.of("addition.rasp", "shuffle_dyck2.rasp", "shuffle_dyck3.rasp");

    static List<String> examples() throws IOException {
        return ExamplesTest.examples();
    }

    /** Signs of an edit, for each coordinate, one pattern for all rows or one that changes from row to row. */
    @SuppressWarnings("ArrayRecordComponent")
    private record EditSigns(double[] signs, boolean alternating) {}

    @ParameterizedTest
    @MethodSource("examples")
    void editsWithinTheToleranceChangeNoAnswer(String file) throws IOException {
        CompiledModel model = RaspCompiler.compile(SourceFile.of(Path.of(file)), CompileOptions.DEFAULT)
                .orThrow();
        Certificate certificate = model.certificate().orElseThrow();
        HookedTransformer transformer = HookedTransformer.load(model);
        List<ImmutableList<Value>> inputs = inputs(model.program().orElseThrow());
        double[] ranges = ranges(transformer, inputs);
        List<EditSigns> directions = directions(model, ranges.length);

        assertThat(certificate.tolerance()).isPositive();
        assertThat(changes(transformer, inputs, directions, ranges, certificate.tolerance(), certificate.movement()))
                .as("answers changed by edits of %s", certificate.tolerance())
                .isZero();
        if (certificate.movement() == 0) {
            double large = (LOOSE.contains(file) ? 1e6 : USEFUL) * certificate.tolerance();
            assertThat(large >= 1 || changes(transformer, inputs, directions, ranges, large, 0) > 0)
                    .as("some edit of %s changes an answer", large)
                    .isTrue();
        }
    }

    private static int changes(
            HookedTransformer transformer,
            List<ImmutableList<Value>> inputs,
            List<EditSigns> directions,
            double[] ranges,
            double size,
            double movement) {
        int changed = 0;
        for (ImmutableList<Value> input : inputs) {
            TokenBatch tokens = transformer.encode(input);
            Tensor untouched = transformer.forward(tokens);
            List<Value> before = transformer.decode(untouched, tokens).get(0);
            for (EditSigns direction : directions) {
                RunOptions options = RunOptions.PLAIN;
                for (String point : POINTS) {
                    options = options.hook(
                            point, (activation, at) -> Optional.of(edited(activation, direction, ranges, size)));
                }
                Tensor logits = transformer.forward(tokens, options);
                boolean same = movement > 0
                        ? withoutBos(logits).maxDifference(withoutBos(untouched)) <= movement * size + 1e-9
                        : isSame(transformer.decode(logits, tokens).get(0), before);
                changed += same ? 0 : 1;
            }
        }
        return changed;
    }

    /** Numbers that only rounding tells apart are one answer. */
    private static boolean isSame(List<Value> answer, List<Value> other) {
        for (int p = 0; p < answer.size(); p++) {
            Value one = answer.get(p);
            Value two = other.get(p);
            boolean near = Values.isNumber(one)
                    && Values.isNumber(two)
                    && Math.abs(Values.toDouble(one) - Values.toDouble(two)) <= 1e-9;
            if (!near && !one.equals(two)) {
                return false;
            }
        }
        return true;
    }

    private static Tensor withoutBos(Tensor logits) {
        int width = logits.size(2);
        double[] rows = logits.toArray(width, logits.length() - width);
        return Tensor.of(rows, rows.length / width, width);
    }

    private static Tensor edited(Tensor activation, EditSigns direction, double[] ranges, double size) {
        double[] values = activation.toArray();
        for (int i = 0; i < values.length; i++) {
            int coordinate = i % ranges.length;
            int row = i / ranges.length;
            double sign = direction.signs()[coordinate] * (direction.alternating() && row % 2 == 1 ? -1 : 1);
            values[i] += size * ranges[coordinate] * sign;
        }
        return Tensor.of(values, activation.axes());
    }

    /** What is seen of each coordinate's range, which is no more than what the certificate allows for. */
    private static double[] ranges(HookedTransformer transformer, List<ImmutableList<Value>> inputs) {
        int width = transformer.config().dModel();
        double[] low = new double[width];
        double[] high = new double[width];
        for (ImmutableList<Value> input : inputs) {
            var cache = transformer.runWithCache(input).cache();
            for (var name : cache.names()) {
                if (!name.toString().contains("hook_resid")) {
                    continue;
                }
                double[] values = cache.get(name).toArray();
                for (int i = 0; i < values.length; i++) {
                    low[i % width] = Math.min(low[i % width], values[i]);
                    high[i % width] = Math.max(high[i % width], values[i]);
                }
            }
        }
        double[] ranges = new double[width];
        for (int d = 0; d < width; d++) {
            ranges[d] = high[d] - low[d];
        }
        return ranges;
    }

    private static List<EditSigns> directions(CompiledModel model, int width) {
        var random = new Random(7);
        List<double[]> signs = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            signs.add(random.doubles(width).map(x -> x < 0.5 ? -1 : 1).toArray());
        }
        for (LayerWeights layer : model.weights().layers()) {
            for (HeadWeights head : layer.heads()) {
                addColumns(signs, head.wQ(), random);
                addColumns(signs, head.wK(), random);
                addColumns(signs, head.wV(), random);
            }
            addColumns(signs, layer.mlp().wIn(), random);
        }
        List<EditSigns> directions = new ArrayList<>();
        for (double[] each : signs) {
            for (boolean alternating : new boolean[] {false, true}) {
                directions.add(new EditSigns(each, alternating));
                directions.add(new EditSigns(negative(each), alternating));
            }
        }
        return directions;
    }

    /** The worst signs for what a head or unit reads; 1 or -1 at random where it reads nothing. */
    private static void addColumns(List<double[]> signs, WeightMatrix matrix, Random random) {
        int step = Math.max(1, matrix.columns() / 12);
        for (int column = 0; column < matrix.columns(); column += step) {
            double[] each = new double[matrix.rows()];
            for (int d = 0; d < each.length; d++) {
                double weight = matrix.get(d, column);
                each[d] = weight == 0 ? (random.nextBoolean() ? 1 : -1) : Math.signum(weight);
            }
            signs.add(each);
        }
    }

    private static double[] negative(double[] signs) {
        double[] negative = signs.clone();
        for (int d = 0; d < negative.length; d++) {
            negative[d] = -negative[d];
        }
        return negative;
    }

    private static List<ImmutableList<Value>> inputs(ProgramSource program) {
        var random = new Random(3);
        List<ImmutableList<Value>> inputs = new ArrayList<>();
        ImmutableList<Value> vocabulary = program.vocabulary();
        Supplier<Value> token = () -> vocabulary.get(random.nextInt(vocabulary.size()));
        for (int k = 0; k < INPUTS; k++) {
            ImmutableList.Builder<Value> input = ImmutableList.builder();
            boolean alike = k % 4 == 0;
            Value first = token.get();
            int length = k < 4 ? program.maxLength() : 1 + random.nextInt(program.maxLength());
            for (int p = 0; p < length; p++) {
                input.add(alike ? first : token.get());
            }
            inputs.add(input.build());
        }
        return inputs;
    }
}
