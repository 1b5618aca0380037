package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Shown;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds for one run of the evaluator: its budget, the calls it is in, and the nodes it made that are still to be tried. */
final class Run {
    /** A call that is being worked on. */
    record Frame(Meaning.Function function, Span call) {}

    /** A node to try on the example, or on the input it was applied to. */
    record Trial(ProgramNode node, Optional<ImmutableList<Value>> input, Span span) {}

    private static final int SHOWN_CALLS = 6;

    private final Budget budget = new Budget();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<Trial> trials = new ArrayList<>();
    private int nesting;
    private @Nullable Rejection explained;

    Budget budget() {
        return budget;
    }

    List<Trial> trials() {
        return trials;
    }

    void enter(Frame frame) {
        if (frames.size() >= Budget.MAX_CALL_DEPTH) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.RECURSION_TOO_DEEP,
                            "calls nested more than " + Budget.MAX_CALL_DEPTH + " deep",
                            frame.call())
                    .help("does the recursion of '" + frame.function().name() + "' ever end?"));
        }
        frames.push(frame);
    }

    void leave() {
        frames.pop();
    }

    void nest(Span span) {
        if (++nesting > Budget.MAX_NESTING) {
            throw Rejection.of(Diagnostic.error(
                    ElaborationCode.RECURSION_TOO_DEEP,
                    "expressions and calls nested more than " + Budget.MAX_NESTING + " deep",
                    span));
        }
    }

    void unnest() {
        nesting--;
    }

    /** Starts afresh after a failed statement. */
    void reset() {
        frames.clear();
        trials.clear();
        nesting = 0;
    }

    int callDepth() {
        return frames.size();
    }

    /** The innermost place outside the library: where the user wrote what is now being evaluated. */
    Span userSpan(Span innermost) {
        if (!Library.isSource(innermost.source())) {
            return innermost;
        }
        for (Frame frame : frames) {
            if (!Library.isSource(frame.call().source())) {
                return frame.call();
            }
        }
        return innermost;
    }

    /** The diagnostics with the chain of calls that led there, innermost first. */
    Rejection withCalls(Rejection rejection) {
        if (rejection == explained
                || frames.isEmpty()
                || rejection.diagnostics().isEmpty()) {
            return rejection;
        }
        ImmutableList.Builder<Diagnostic> result = ImmutableList.builder();
        for (Diagnostic diagnostic : rejection.diagnostics()) {
            Diagnostic longer = diagnostic;
            int shown = 0;
            for (Frame frame : frames) {
                if (shown++ == SHOWN_CALLS) {
                    longer = longer.note("… and " + (frames.size() - SHOWN_CALLS) + " more calls");
                    break;
                }
                longer = longer.note("in " + frame.function().signature() + ", called at " + frame.call());
            }
            result.add(longer);
        }
        explained = Rejection.of(result.build());
        return explained;
    }

    static Diagnostic diagnostic(EvaluationException failure, ImmutableList<Value> input, Span span) {
        Diagnostic diagnostic = Diagnostic.error(failure.code(), failure.message(), span);
        if (failure.position().isPresent()) {
            diagnostic = diagnostic.note("at position " + failure.position().getAsInt());
        }
        for (String note : failure.notes()) {
            diagnostic = diagnostic.note(note);
        }
        return diagnostic.note("on the input " + Shown.sequence(input));
    }
}
