package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.Collection;
import java.util.List;

/**
 * Runs s-ops and selectors on an input, each needed node once, in order of id: no recursion, however deep the graph is.
 *
 * <p>Evaluation is strict. In causal mode a key after the query is never selected, whatever the selector says.
 *
 * <pre>{@code
 * ImmutableList<Value> hist = Interpreter.evaluate(histogram, List.of(Value.of("a"), Value.of("b"), Value.of("a")), false);
 * // [2, 1, 2]
 * }</pre>
 */
public final class Interpreter {
    private Interpreter() {}

    /**
     * The s-op's sequence on an input.
     *
     * @throws EvaluationException if the input is empty, or an operation below fails; it knows the node and the position
     */
    public static ImmutableList<Value> evaluate(SOp sop, List<Value> input, boolean causal) throws EvaluationException {
        return evaluate(sop, input, causal, Overrides.NONE);
    }

    /**
     * The s-op's sequence on an input when some s-ops are given other values than the program computes.
     *
     * @throws EvaluationException as without, and if a given value has no place: its position is beyond the input, or it is a
     *     string among numbers
     */
    public static ImmutableList<Value> evaluate(SOp sop, List<Value> input, boolean causal, Overrides overrides)
            throws EvaluationException {
        var run = new Evaluation(ImmutableList.of(sop), input, causal, Evaluation.Retained.ROOTS, overrides);
        run.runUntilFailure();
        return run.result(sop);
    }

    /**
     * The selector's matrix on an input.
     *
     * @throws EvaluationException as for an s-op
     */
    public static SelectorMatrix evaluate(Selector selector, List<Value> input, boolean causal)
            throws EvaluationException {
        var run = new Evaluation(ImmutableList.of(selector), input, causal, Evaluation.Retained.ROOTS, Overrides.NONE);
        run.runUntilFailure();
        return run.matrix(selector);
    }

    /**
     * The values of all {@code roots} and of everything they need; failures are kept by node.
     *
     * @throws EvaluationException only if the input is empty or the work beyond all bounds
     */
    public static Trace trace(Collection<? extends ProgramNode> roots, List<Value> input, boolean causal)
            throws EvaluationException {
        return trace(roots, input, causal, Overrides.NONE);
    }

    /** The same when some s-ops are given other values than the program computes. */
    public static Trace trace(
            Collection<? extends ProgramNode> roots, List<Value> input, boolean causal, Overrides overrides)
            throws EvaluationException {
        var run = new Evaluation(ImmutableList.copyOf(roots), input, causal, Evaluation.Retained.ALL, overrides);
        return run.trace();
    }
}
