package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The answers of both sides to an input: the interpreter's, and the transformer's decoded. */
final class Answers {
    private final Subject subject;
    private final RaspProgram program;
    private final TokenEncoder encoder;
    private final OutputDecoder decoder;

    Answers(Subject subject, RaspProgram program) {
        this.subject = subject;
        this.program = program;
        this.encoder = subject.model().encoder().orElseThrow(() -> new IllegalArgumentException("no encoder"));
        this.decoder = subject.model().decoder().orElseThrow(() -> new IllegalArgumentException("no decoder"));
    }

    /**
     * One position of the transformer's answer.
     *
     * @param number the first logit: of a numerical output, the number before it is snapped to the values it can be
     * @param margin best logit minus second; of one logit, its distance from where another value begins; infinite if none does
     * @param broken whether some logit is not a number, so that there is no value: NaN stands for it
     */
    record Decoded(Value value, double number, double margin, boolean broken) {
        /** Listed numbers nearer than this are one number. */
        private static final double SAME = Precision.PROMISED;

        static Decoded of(double[] logits, OutputDecoder decoder) {
            double best = Double.NEGATIVE_INFINITY;
            double second = Double.NEGATIVE_INFINITY;
            for (double logit : logits) {
                second = Math.max(second, Math.min(best, logit));
                best = Math.max(best, logit);
            }
            boolean broken = Arrays.stream(logits).anyMatch(Double::isNaN);
            double margin = logits.length < 2 ? fromThresholds(logits[0], decoder) : best - second;
            Value value = broken ? Value.of(Double.NaN) : decoder.decode(logits);
            return new Decoded(value, logits[0], broken || best == second ? 0 : margin, broken);
        }

        /** How far a number is from half-way between two of the values it can be, where those differ by more than rounding. */
        private static double fromThresholds(double number, OutputDecoder decoder) {
            double least = Double.POSITIVE_INFINITY;
            if (decoder instanceof OutputDecoder.Numerical numerical) {
                for (int i = 1; i < numerical.values().size(); i++) {
                    double low = Values.toDouble(numerical.values().get(i - 1));
                    double high = Values.toDouble(numerical.values().get(i));
                    boolean differ = high - low > SAME * Math.max(1, Math.abs(high));
                    least = differ ? Math.min(least, Math.abs(number - (low + (high - low) / 2))) : least;
                }
            }
            return least;
        }
    }

    OutputDecoder decoder() {
        return decoder;
    }

    /** What the program says; empty where it fails on the input. */
    Optional<ImmutableList<Value>> expected(List<Value> input) {
        try {
            return Optional.of(Interpreter.evaluate(program.output(), input, program.causal()));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** What the transformer says to inputs of one length, without the BOS position. */
    List<ImmutableList<Decoded>> decoded(List<ImmutableList<Value>> inputs) {
        double[][][] logits = subject.logits(inputs.stream().map(this::ids).toList());
        List<ImmutableList<Decoded>> out = new ArrayList<>();
        for (double[][] rows : logits) {
            out.add(Arrays.stream(rows, 1, rows.length)
                    .map(row -> Decoded.of(row, decoder))
                    .collect(ImmutableList.toImmutableList()));
        }
        return out;
    }

    /** Token ids, BOS first. */
    int[] ids(List<Value> input) {
        int[] ids = new int[input.size() + 1];
        ids[0] = encoder.bos();
        for (int i = 0; i < input.size(); i++) {
            Value token = input.get(i);
            ids[i + 1] = encoder.id(token)
                    .orElseThrow(
                            () -> new IllegalArgumentException(token.repr() + " is not in the model's vocabulary"));
        }
        return ids;
    }

    static ImmutableList<Value> values(List<Decoded> decoded) {
        return decoded.stream().map(Decoded::value).collect(ImmutableList.toImmutableList());
    }

    /** Whether the transformer's answer to one input differs from the program's, which there must be. */
    Optional<Verification.Mismatch> mismatch(ImmutableList<Value> input) {
        Optional<ImmutableList<Value>> expected = expected(input);
        return expected.isEmpty()
                ? Optional.empty()
                : compare(input, expected.get(), decoded(List.of(input)).get(0));
    }

    static Optional<Verification.Mismatch> compare(
            ImmutableList<Value> input, ImmutableList<Value> expected, List<Decoded> decoded) {
        ImmutableList<Value> actual = values(decoded);
        for (int i = 0; i < expected.size(); i++) {
            if (decoded.get(i).broken() || !Agreement.same(expected.get(i), actual.get(i))) {
                return Optional.of(new Verification.Mismatch(input, expected, actual, i));
            }
        }
        return Optional.empty();
    }
}
