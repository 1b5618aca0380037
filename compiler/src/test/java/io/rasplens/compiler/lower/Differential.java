package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Compares a compiled program with the interpreter, input by input. */
public final class Differential {
    private Differential() {}

    /** An input on which the two differ. */
    public record DifferingInput(List<Value> input, List<Value> expected, List<Value> actual) {}

    /**
     * At most {@code most} inputs: all of length 1, 2, … as long as they fill half of the number, then random ones of any length,
     * the first of them the longest.
     */
    public static List<List<Value>> inputs(CompileTarget target, int most, long seed) {
        var inputs = new ArrayList<List<Value>>();
        List<List<Value>> longest = List.of(List.of());
        int n = 1;
        double room = Math.pow(target.vocabulary().size(), target.maxLength()) <= most / 2.0 ? most : most / 2.0;
        while (n <= target.maxLength()
                && inputs.size() + (double) longest.size() * target.vocabulary().size() <= room) {
            longest = oneLonger(longest, target.vocabulary());
            inputs.addAll(longest);
            n++;
        }
        var random = new Random(seed);
        for (boolean first = true; n <= target.maxLength() && inputs.size() < most; first = false) {
            int length = first ? target.maxLength() : n + random.nextInt(target.maxLength() - n + 1);
            // Some inputs of few different tokens, where widths are large.
            int kinds = 1 + random.nextInt(target.vocabulary().size());
            inputs.add(random.ints(length, 0, kinds)
                    .mapToObj(target.vocabulary()::get)
                    .toList());
        }
        return inputs;
    }

    private static List<List<Value>> oneLonger(List<List<Value>> starts, List<Value> vocabulary) {
        var longer = new ArrayList<List<Value>>();
        for (List<Value> start : starts) {
            for (Value token : vocabulary) {
                var input = new ArrayList<>(start);
                input.add(token);
                longer.add(input);
            }
        }
        return longer;
    }

    /** The first input on which the program succeeds and the model says something else. */
    public static Optional<DifferingInput> firstMismatch(
            CompileTarget target, CompiledModel model, List<List<Value>> inputs) {
        var forward = new Forward(model);
        for (List<Value> input : inputs) {
            Optional<ImmutableList<Value>> answer = expected(target, input);
            if (answer.isEmpty()) {
                continue;
            }
            List<Value> expected = answer.get();
            List<Value> actual = forward.run(input);
            for (int p = 0; p < expected.size(); p++) {
                if (!same(expected.get(p), actual.get(p))) {
                    return Optional.of(new DifferingInput(input, expected, actual));
                }
            }
        }
        return Optional.empty();
    }

    /** What the interpreter says; nothing where the program fails. */
    public static Optional<ImmutableList<Value>> expected(CompileTarget target, List<Value> input) {
        try {
            return Optional.of(Interpreter.evaluate(
                    target.program().output(), input, target.program().causal()));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /** The same value: equal in kind, except that ints and floats are both numbers, and those as near as is promised. */
    public static boolean same(Value expected, Value actual) {
        if (expected.equals(actual)) {
            return true;
        }
        return isNumber(expected)
                && isNumber(actual)
                && (expected.raspEquals(actual)
                        || Math.abs(Values.toDouble(expected) - Values.toDouble(actual))
                                <= Precision.at(Values.toDouble(expected)));
    }

    private static boolean isNumber(Value value) {
        return value.isNumeric() && !(value instanceof BoolValue);
    }
}
