package io.rasplens.compiler.elaborate;

import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import java.util.function.Function;

/**
 * What one statement (in a batch: one file) may use up, so that endless loops and exploding lists end in a message. The numbers
 * are far above what a program needs that could still be compiled.
 */
final class Budget {
    static final int MAX_CALL_DEPTH = 4_000;
    static final int MAX_NESTING = 40_000;
    static final int MAX_LIST = 1_000_000;
    static final int MAX_CONTAINER_DEPTH = 200;
    static final long MAX_CONTAINER_SIZE = 4_000_000;
    static final int MAX_NODES = 1_000_000;
    private static final long MAX_STEPS = 4_000_000;

    /** What a load costs beside what its statements compute, measured against an evaluation. */
    private static final int STEPS_PER_LOAD = 200;

    private static final int STEPS_PER_STATEMENT = 10;

    /** Bytes, roughly, counted when built and never given back. */
    private static final long MAX_ALLOCATION = 200_000_000;

    private static final int BYTES_PER_ELEMENT = 4;

    private long steps;
    private long allocated;

    /** Counts one evaluation; here an interrupted program ends. */
    void step(Span span) {
        steps(1, span);
    }

    /** Counts the making of a file's environment, and each statement that is about to run there. */
    void load(int statements, Span span) {
        steps(STEPS_PER_LOAD + (long) STEPS_PER_STATEMENT * statements, span);
    }

    /** Whether all steps are used up, so that whatever comes next would fail as well. */
    boolean isSpent() {
        return steps > MAX_STEPS;
    }

    private void steps(long count, Span span) {
        Interrupted.check();
        steps += count;
        if (steps > MAX_STEPS) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.TOO_MANY_STEPS, "the program takes more than " + MAX_STEPS + " steps", span)
                    .help("is there a loop, a recursion or a load that multiplies itself?"));
        }
    }

    /** Refuses a list before it is built. */
    void checkList(long length, Span span) {
        if (length > MAX_LIST) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.TOO_MUCH_DATA,
                    "a list of " + length + " elements; " + MAX_LIST + " are allowed",
                    span));
        }
        allocate(BYTES_PER_ELEMENT * length, span);
    }

    void checkContainer(Meaning container, Span span) {
        Meaning.PrintedSize shape = Meaning.PrintedSize.of(container);
        if (shape.depth() > MAX_CONTAINER_DEPTH) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.TOO_MUCH_DATA,
                    "lists and dicts nested more than " + MAX_CONTAINER_DEPTH + " deep",
                    span));
        }
        if (shape.size() > MAX_CONTAINER_SIZE) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.TOO_MUCH_DATA,
                    "the " + container.kind() + " holds more than " + MAX_CONTAINER_SIZE + " values in all",
                    span));
        }
    }

    void allocate(long bytes, Span span) {
        allocated += bytes;
        if (allocated > MAX_ALLOCATION) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.TOO_MUCH_DATA,
                    "the program builds more than " + MAX_ALLOCATION / 1_000_000 + " MB of lists and atoms",
                    span));
        }
    }

    void checkGraph(Graph graph, Span span) {
        if (graph.size() > MAX_NODES) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.TOO_MUCH_DATA,
                    "the program builds more than " + MAX_NODES + " s-ops and selectors",
                    span));
        }
    }

    /** What the user is told where a program takes more stack or memory than there is, in spite of the budget. */
    static Function<VirtualMachineError, Diagnostic> overrun(Span span) {
        return error -> error instanceof StackOverflowError
                ? Diagnostic.error(ElaborationCode.RECURSION_TOO_DEEP, "the program nests too deep", span)
                : Diagnostic.error(ElaborationCode.TOO_MUCH_DATA, "the program needs more memory than Java has", span);
    }
}
