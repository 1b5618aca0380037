package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;

/**
 * One {@code #@ test} line and what both sides say to it.
 *
 * @param interpreter the answer, or why there is none
 * @param transformer the answer, or why there is none
 */
public record TestOutcome(
        Directive.Test test, Result<ImmutableList<Value>> interpreter, Result<ImmutableList<Value>> transformer) {
    /** How far apart two numbers may be of which one is a float; people write means down with a few digits. */
    public static final double TOLERANCE = 1e-6;

    public boolean passed() {
        return isExpected(interpreter) && isExpected(transformer);
    }

    /** Whether a side gave the answer that the line asks for. */
    public boolean isExpected(Result<ImmutableList<Value>> answer) {
        return answer instanceof Result.Success<ImmutableList<Value>> success && same(test.expected(), success.value());
    }

    private static boolean same(List<Value> expected, List<Value> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!same(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** RASP's {@code ==}, so that 1 is 1.0 and True; two ints must be equal, floats only near. */
    private static boolean same(Value expected, Value actual) {
        if (expected.raspEquals(actual)) {
            return true;
        }
        boolean inexact = Agreement.isInexact(expected, actual) && expected.isNumeric() && actual.isNumeric();
        return inexact && Math.abs(Values.toDouble(expected) - Values.toDouble(actual)) <= TOLERANCE;
    }
}
