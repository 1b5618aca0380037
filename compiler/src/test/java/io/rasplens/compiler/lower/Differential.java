package io.rasplens.compiler.lower;

import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Compares a compiled program with the interpreter, input by input. */
public final class Differential {
    private static final double NUMBERS_AGREE = 1e-9;

    private Differential() {}

    /** An input on which the two differ. */
    public record Mismatch(List<Value> input, List<Value> expected, List<Value> actual) {}

    /** Every input up to the target's length, if there are not more than {@code most}; else a sample of that size. */
    public static List<List<Value>> inputs(CompileTarget target, int most, long seed) {
        double all = 0;
        for (int n = 1; n <= target.maxLength(); n++) {
            all += Math.pow(target.vocabulary().size(), n);
        }
        var inputs = new ArrayList<List<Value>>();
        if (all <= most) {
            List<List<Value>> longest = List.of(List.of());
            for (int n = 1; n <= target.maxLength(); n++) {
                var next = new ArrayList<List<Value>>();
                for (List<Value> start : longest) {
                    for (Value token : target.vocabulary()) {
                        var input = new ArrayList<>(start);
                        input.add(token);
                        next.add(input);
                    }
                }
                inputs.addAll(next);
                longest = next;
            }
            return inputs;
        }
        var random = new Random(seed);
        for (int i = 0; i < most; i++) {
            int n = i == 0 ? target.maxLength() : 1 + random.nextInt(target.maxLength());
            // Some inputs of few different tokens, where widths are large.
            int kinds = 1 + random.nextInt(target.vocabulary().size());
            var input = new ArrayList<Value>();
            for (int p = 0; p < n; p++) {
                input.add(target.vocabulary().get(random.nextInt(kinds)));
            }
            inputs.add(input);
        }
        return inputs;
    }

    /** The first input on which the program succeeds and the model says something else. */
    public static Optional<Mismatch> firstMismatch(
            CompileTarget target, CompiledModel model, List<List<Value>> inputs) {
        var forward = new Forward(model);
        for (List<Value> input : inputs) {
            List<Value> expected;
            try {
                expected = Interpreter.evaluate(
                        target.program().output(), input, target.program().causal());
            } catch (EvaluationException e) {
                continue;
            }
            List<Value> actual = forward.run(input);
            for (int p = 0; p < expected.size(); p++) {
                if (!same(expected.get(p), actual.get(p))) {
                    return Optional.of(new Mismatch(input, expected, actual));
                }
            }
        }
        return Optional.empty();
    }

    /** Equal in RASP's sense, or numbers within 1e-9. */
    public static boolean same(Value left, Value right) {
        return left.raspEquals(right)
                || (left.isNumeric()
                        && right.isNumeric()
                        && Math.abs(Values.toDouble(left) - Values.toDouble(right)) <= NUMBERS_AGREE);
    }
}
