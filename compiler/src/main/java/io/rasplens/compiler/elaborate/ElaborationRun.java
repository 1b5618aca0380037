package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.GrowingTrace;
import io.rasplens.compiler.interpret.Shown;
import io.rasplens.compiler.program.CallSite;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.FirstDiagnostics;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for one run of the evaluator: its budget, the calls it is in, and the nodes it made that are still to be tried. */
final class ElaborationRun {
    /**
     * Where the user wrote what is being evaluated.
     *
     * @param call the call that this text is evaluated in; null at top level
     */
    record WrittenAt(Span span, @Nullable CallSite call) {}

    private final Budget budget = new Budget();
    private final Trials trials = new Trials();
    private final List<Event> drawings = new ArrayList<>();
    private final Set<Diagnostic> warnings = new LinkedHashSet<>();
    private @Nullable CallSite calls;
    private int nesting;
    private int loops;
    private @Nullable Rejection explained;
    private @Nullable GrowingTrace trace;

    Budget budget() {
        return budget;
    }

    /** Tells the user something about what is being evaluated, once, where the user wrote it. */
    void warn(Diagnostic warning) {
        warnings.add(warning);
    }

    ImmutableList<Diagnostic> warnings() {
        return FirstDiagnostics.of(warnings);
    }

    Trials trials() {
        return trials;
    }

    /** What has been tried on this input so far; another input starts afresh. */
    GrowingTrace traceOn(ImmutableList<Value> input, boolean causal) throws EvaluationException {
        if (trace == null || !trace.isOn(input, causal)) {
            trace = new GrowingTrace(input, causal);
        }
        return trace;
    }

    void enter(Meaning.Function function, Span call) {
        if (calls != null && calls.depth() >= Budget.MAX_CALL_DEPTH) {
            throw Rejection.of(Diagnostic.error(
                            ElaborationCode.RECURSION_TOO_DEEP,
                            "calls nested more than " + Budget.MAX_CALL_DEPTH + " deep",
                            call)
                    .help("does the recursion of '" + function.name()
                            + "' ever end? A condition on an s-op works out both branches"));
        }
        calls = new CallSite(function.signature(), call, calls);
    }

    void leave() {
        calls = Objects.requireNonNull(calls).outer();
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
        calls = null;
        trials.clear();
        drawings.clear();
        nesting = 0;
        loops = 0;
    }

    void enterLoop() {
        loops++;
    }

    void leaveLoop() {
        loops--;
    }

    /** How deep in calls, expressions and loops the run is. */
    record Depth(@Nullable CallSite calls, int nesting, int loops) {}

    Depth depth() {
        return new Depth(calls, nesting, loops);
    }

    /** Goes on where it was before a statement that failed. */
    void restore(Depth depth) {
        calls = depth.calls();
        nesting = depth.nesting();
        loops = depth.loops();
        trials.clear();
    }

    /** Keeps what a function drew: of all that a call does, this alone is told. */
    void drewInCall(Event drawing) {
        drawings.add(drawing);
    }

    /** What functions drew since the last question. */
    ImmutableList<Event> takeDrawings() {
        var taken = ImmutableList.copyOf(drawings);
        drawings.clear();
        return taken;
    }

    boolean isInCall() {
        return calls != null;
    }

    /** Whether what is evaluated is worked out once, so that its text means one thing. */
    boolean isOnce() {
        return calls == null && loops == 0;
    }

    /** The innermost place outside the library: where the user wrote what is now being evaluated. */
    WrittenAt userPlace(Span innermost) {
        Span span = innermost;
        CallSite call = calls;
        while (call != null && Library.isSource(span.source())) {
            span = call.place();
            call = call.outer();
        }
        return new WrittenAt(span, call);
    }

    /** The diagnostics with the chain of calls that led there, innermost first. */
    Rejection withCalls(Rejection rejection) {
        if (rejection == explained || calls == null || rejection.diagnostics().isEmpty()) {
            return rejection;
        }
        CallSite innermost = calls;
        explained = Rejection.of(rejection.diagnostics().stream()
                .map(diagnostic -> told(diagnostic, innermost))
                .collect(ImmutableList.toImmutableList()));
        return explained;
    }

    /** What fails inside the library is shown at the user's own call; where in the library comes second. */
    private Diagnostic told(Diagnostic diagnostic, CallSite innermost) {
        Optional<Span> inLibrary = diagnostic.span().filter(span -> Library.isSource(span.source()));
        if (inLibrary.isEmpty()) {
            return noted(diagnostic, CallSite.notes(innermost));
        }
        WrittenAt place = userPlace(inLibrary.get());
        Diagnostic seen = noted(
                diagnostic.seenFrom(place.span(), "this part of " + innermost.signature() + " fails"),
                CallSite.notes(place.call()));
        return seen.help().isPresent() ? seen : seen.help(Library.explains(calledByUser(innermost)));
    }

    /** The name of the library's function that the user's own text calls. */
    private static String calledByUser(CallSite innermost) {
        CallSite call = innermost;
        CallSite outer = call.outer();
        while (outer != null && Library.isSource(call.place().source())) {
            call = outer;
            outer = call.outer();
        }
        return call.signature().replaceFirst("\\(.*", "");
    }

    /**
     * A failure on an input.
     *
     * @param made where the failing node was made
     * @param statement what was being done; labelled too if the node was made elsewhere
     */
    static Diagnostic diagnostic(
            EvaluationException failure, ImmutableList<Value> input, WrittenAt made, Span statement) {
        boolean inside = statement.source() == made.span().source()
                && statement.start() <= made.span().start()
                && made.span().end() <= statement.end();
        Diagnostic diagnostic = Diagnostic.error(failure.code(), failure.message(), inside ? made.span() : statement);
        if (!inside) {
            diagnostic = diagnostic.at(made.span(), "this fails");
        }
        if (failure.position().isPresent()) {
            diagnostic = diagnostic.note("at position " + failure.position().getAsInt());
        }
        Diagnostic told = noted(noted(diagnostic, failure.notes()), CallSite.notes(made.call()))
                .note("on the input " + Shown.sequence(input));
        return failure.advice().map(told::help).orElse(told);
    }

    private static Diagnostic noted(Diagnostic diagnostic, List<String> notes) {
        Diagnostic longer = diagnostic;
        for (String note : notes) {
            longer = longer.note(note);
        }
        return longer;
    }
}
