package io.rasplens.examples;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Edits of the residual stream at every hook point at once: random ones, ones along what any head or hidden unit reads, and ones that push a
 * hidden unit through its threshold.
 */
final class StreamEdits {
    static final String[] POINTS = {"blocks.*.hook_resid_pre", "blocks.*.hook_resid_mid", "blocks.*.hook_resid_post"};
    private static final int INPUTS = 12;

    /** Random inputs among which rare answers are looked for, and how many of them are taken. */
    private static final int SAMPLED = 400;

    private static final int RARE_INPUTS = 4;

    /** Inputs on which hidden units are pushed. */
    private static final int PUSHED_INPUTS = 6;

    /** Positions, with BOS, of all inputs of all edits that are tried: a minute or two. */
    private static final int MOST_POSITIONS = 100_000;

    /** Inputs for an edit that is to be found. */
    private static final int MORE_INPUTS = 40;

    private final HookedTransformer transformer;
    private final List<ImmutableList<Value>> inputs;
    private final double[] ranges;
    private final List<EditSigns> directions;
    private final Map<ImmutableList<Value>, Tensor> logits = new HashMap<>();

    private StreamEdits(
            HookedTransformer transformer,
            List<ImmutableList<Value>> inputs,
            double[] ranges,
            List<EditSigns> directions) {
        this.transformer = transformer;
        this.inputs = inputs;
        this.ranges = ranges;
        this.directions = directions;
    }

    static StreamEdits of(CompiledModel model) {
        HookedTransformer transformer = HookedTransformer.load(model);
        ProgramSource program = model.program().orElseThrow();
        List<ImmutableList<Value>> inputs = new ArrayList<>(rare(transformer, program));
        inputs.addAll(inputs(program));
        double[] ranges = ranges(transformer, inputs);
        return new StreamEdits(transformer, inputs, ranges, directions(model, ranges.length));
    }

    /** Signs of an edit, for each coordinate and for each row. */
    @SuppressWarnings("ArrayRecordComponent")
    private record EditSigns(double[] signs, RowSigns rows) {}

    /** Whether a row has the signs or their opposites. */
    private enum RowSigns {
        ALIKE,
        ALTERNATING,
        BOS_ALONE,
        /** By token: what a mean or a sum goes over then errs to one side. */
        FIRST_TOKENS,
        EVEN_TOKENS;

        double sign(int row, int token) {
            boolean opposite = switch (this) {
                case ALIKE -> false;
                case ALTERNATING -> row % 2 == 1;
                case BOS_ALONE -> row > 0;
                case FIRST_TOKENS -> token > 3;
                case EVEN_TOKENS -> token % 2 == 1;
            };
            return opposite ? -1 : 1;
        }
    }

    /**
     * How many answers change.
     *
     * @param size of the edits, in parts of each coordinate's range
     * @param movement how far a number may move for each unit of edit; 0 where answers are to stay
     */
    int changes(double size, double movement) {
        List<EditSigns> tried = directions.stream()
                .filter(direction -> direction.rows() != RowSigns.EVEN_TOKENS)
                .toList();
        int positions = INPUTS * (transformer.config().nCtx() + 1);
        // Odd, as signs come in pairs.
        int stride = (int) ((long) tried.size() * positions / MOST_POSITIONS) | 1;
        long pushed = inputs.stream()
                .limit(PUSHED_INPUTS)
                .flatMap(input -> pushes(input, size))
                .filter(edit -> changes(edit, size, movement))
                .count();
        return (int) (pushed
                + inputs.stream()
                        .limit(INPUTS)
                        .flatMap(input -> IntStream.range(0, tried.size())
                                .filter(d -> d % stride == 0)
                                .mapToObj(tried::get)
                                .filter(direction -> changes(edit(input, direction, size), size, movement)))
                        .count());
    }

    /** Whether some edit changes an answer, of more inputs. */
    boolean changesSome(double size) {
        return directions.stream()
                        .anyMatch(direction ->
                                inputs.stream().anyMatch(input -> changes(edit(input, direction, size), size, 0)))
                || inputs.stream().flatMap(input -> pushes(input, size)).anyMatch(edit -> changes(edit, size, 0));
    }

    /** What is added to the activations of an input. */
    private record StreamEdit(ImmutableList<Value> input, Hook hook) {}

    private StreamEdit edit(ImmutableList<Value> input, EditSigns direction, double size) {
        TokenBatch tokens = transformer.encode(input);
        return new StreamEdit(input, Hook.replace((activation, at) -> edited(activation, tokens, direction, size)));
    }

    private Stream<StreamEdit> pushes(ImmutableList<Value> input, double size) {
        return new UnitPushes(transformer, ranges)
                .of(transformer.encode(input)).stream()
                        .map(signs -> new StreamEdit(input, Hook.replace((activation, at) -> {
                            Tensor sign = signs.get(at.name());
                            return sign == null ? activation : activation.plus(scaled(sign, size));
                        })));
    }

    private Tensor scaled(Tensor signs, double size) {
        double[] values = signs.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= size * ranges[i % ranges.length];
        }
        return Tensor.of(values, signs.axes());
    }

    private boolean changes(StreamEdit edit, double size, double movement) {
        TokenBatch tokens = transformer.encode(edit.input());
        Tensor untouched = logits.computeIfAbsent(edit.input(), i -> transformer.forward(tokens));
        RunOptions options = RunOptions.PLAIN;
        for (String point : POINTS) {
            options = options.hook(point, edit.hook());
        }
        Tensor edited = transformer.forward(tokens, options);
        return movement > 0
                ? withoutBos(edited).maxDifference(withoutBos(untouched)) > movement * size + 1e-9
                : !isSame(
                        transformer.decode(edited, tokens).get(0),
                        transformer.decode(untouched, tokens).get(0));
    }

    /** Numbers that only rounding tells apart are one answer. */
    static boolean isSame(List<Value> answer, List<Value> other) {
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

    private Tensor edited(Tensor activation, TokenBatch tokens, EditSigns direction, double size) {
        double[] values = activation.toArray();
        for (int i = 0; i < values.length; i++) {
            int coordinate = i % ranges.length;
            int row = i / ranges.length;
            double sign = direction.signs()[coordinate] * direction.rows().sign(row, tokens.id(0, row));
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
            for (RowSigns rows : RowSigns.values()) {
                directions.add(new EditSigns(each, rows));
                directions.add(new EditSigns(negative(each), rows));
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

    /** Inputs of the rarest answers: of a test that hardly ever passes, one part that errs fails it, and none makes it pass. */
    private static List<ImmutableList<Value>> rare(HookedTransformer transformer, ProgramSource program) {
        var random = new Random(11);
        Map<Set<Value>, List<ImmutableList<Value>>> byAnswers = new LinkedHashMap<>();
        for (int k = 0; k < SAMPLED; k++) {
            ImmutableList<Value> input = random.ints(
                            1 + random.nextInt(program.maxLength()),
                            0,
                            program.vocabulary().size())
                    .mapToObj(program.vocabulary()::get)
                    .collect(ImmutableList.toImmutableList());
            Set<Value> answers = Set.copyOf(transformer.run(input));
            byAnswers.computeIfAbsent(answers, a -> new ArrayList<>()).add(input);
        }
        return byAnswers.values().stream().min(Comparator.comparingInt(List::size)).orElseThrow().stream()
                .sorted(Comparator.comparingInt((ImmutableList<Value> input) -> -input.size()))
                .limit(RARE_INPUTS)
                .toList();
    }

    static List<ImmutableList<Value>> inputs(ProgramSource program) {
        var random = new Random(3);
        List<ImmutableList<Value>> inputs = new ArrayList<>();
        ImmutableList<Value> vocabulary = program.vocabulary();
        Supplier<Value> token = () -> vocabulary.get(random.nextInt(vocabulary.size()));
        for (int k = 0; k < MORE_INPUTS; k++) {
            ImmutableList.Builder<Value> input = ImmutableList.builder();
            boolean alike = k % 4 == 0;
            Value first = token.get();
            int length = k < 4 || k >= INPUTS ? program.maxLength() : 1 + random.nextInt(program.maxLength());
            for (int p = 0; p < length; p++) {
                input.add(alike ? first : token.get());
            }
            inputs.add(input.build());
        }
        return inputs;
    }
}
