package io.rasplens.compiler.infer;

import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * A mean times how many keys it was taken over, {@code length * average(x)} or
 * {@code (indices + 1) * aggregate(select(indices, indices, <=), x)}: the sum of what is selected, which a head takes by itself. The
 * program's own product is that sum up to the rounding of a float. Where nothing is selected both are 0, whatever the default.
 */
public record Total(SOp.Aggregate mean) {

    /** The s-op as a total, if it is written as one. */
    public static Optional<Total> match(SOp sop, CompileTarget target) {
        if (!(sop instanceof SOp.Elementwise product)
                || !product.operator().equals(new Operator.Binary(BinaryKind.TIMES))) {
            return Optional.empty();
        }
        SOp left = product.arguments().get(0);
        SOp right = product.arguments().get(1);
        return match(left, right, target).or(() -> match(right, left, target));
    }

    /** What the mean is multiplied by. */
    public SOp count(SOp.Elementwise product) {
        return product.arguments().get(isCountFirst(product) ? 0 : 1);
    }

    /** What the program's own product is of such a count and such a mean, or nothing where it fails. */
    public Optional<Value> product(SOp.Elementwise product, Value count, Value of) {
        return ElementwiseTable.apply(
                product.operator(), isCountFirst(product) ? List.of(count, of) : List.of(of, count));
    }

    private boolean isCountFirst(SOp.Elementwise product) {
        return !product.arguments().get(0).equals(mean);
    }

    private static Optional<Total> match(SOp count, SOp mean, CompileTarget target) {
        return mean instanceof SOp.Aggregate aggregate && isWidth(count, aggregate.selector(), target)
                ? Optional.of(new Total(aggregate))
                : Optional.empty();
    }

    private static boolean isWidth(SOp count, Selector selector, CompileTarget target) {
        return count instanceof SOp.SelectorWidth width
                ? width.selector().equals(selector)
                : ByPosition.alone(count)
                        && ByPosition.alone(selector)
                        && isWidthAtEachPosition(count, selector, target);
    }

    /** On the longest input, and with no key behind the query, so that a shorter input lacks none of them. */
    private static boolean isWidthAtEachPosition(SOp count, Selector selector, CompileTarget target) {
        return Attempt.of(() -> isWidthOnTheLongest(count, selector, target)).orElse(false);
    }

    private static boolean isWidthOnTheLongest(SOp count, Selector selector, CompileTarget target)
            throws EvaluationException {
        List<Value> longest = ByPosition.longest(target);
        boolean causal = target.program().causal();
        List<Value> counts = Interpreter.evaluate(count, longest, causal);
        SelectorMatrix matrix = Interpreter.evaluate(selector, longest, causal);
        for (int query = 0; query < matrix.size(); query++) {
            if (!counts.get(query).raspEquals(Value.of(matrix.width(query)))) {
                return false;
            }
            for (int key = query + 1; key < matrix.size(); key++) {
                if (matrix.selects(query, key)) {
                    return false;
                }
            }
        }
        return true;
    }
}
