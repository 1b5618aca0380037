package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * One {@code #@ test} line and what both sides say to it.
 *
 * @param interpreter the answer, or why there is none
 * @param transformer the answer, or why there is none
 * @param astray for a wrong answer of the interpreter, what is the first to differ from a reference, if there is one
 */
public record TestOutcome(
        Directive.TestDirective test,
        Result<ImmutableList<Value>> interpreter,
        Result<ImmutableList<Value>> transformer,
        Optional<Astray> astray) {
    /** How far apart two numbers may be of which one is a float; people write means down with a few digits. */
    public static final double TOLERANCE = 1e-6;

    public boolean passed() {
        return isExpected(interpreter) && isExpected(transformer);
    }

    /** What the test is about: the comment in the line above it. */
    public Optional<String> about() {
        SourceFile source = test.span().source();
        int line = test.span().line();
        String above = line > 1 ? source.lineText(line - 1).strip() : "";
        boolean comment = above.startsWith("#") && !above.startsWith("#@");
        return Optional.of(above.replaceFirst("^#+\\s*", "")).filter(text -> comment && !text.isEmpty());
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
    static boolean same(Value expected, Value actual) {
        if (expected.raspEquals(actual)) {
            return true;
        }
        boolean inexact = Agreement.isInexact(expected, actual) && expected.isNumeric() && actual.isNumeric();
        return inexact && Math.abs(Values.toDouble(expected) - Values.toDouble(actual)) <= TOLERANCE;
    }
}
