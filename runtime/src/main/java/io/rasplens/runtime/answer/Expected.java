package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import java.util.function.Function;

/** What the interpreter says of an input, failures as diagnostics at the expression that failed. */
public final class Expected {
    private Expected() {}

    public static Result<ImmutableList<Value>> of(RaspProgram program, ImmutableList<Value> input) {
        try {
            return Result.success(Interpreter.evaluate(program.output(), input, program.causal()));
        } catch (EvaluationException e) {
            return Result.failure(diagnostic(e, program.output(), program::origin));
        }
    }

    public static Result<SelectorMatrix> of(
            Selector selector, ImmutableList<Value> input, boolean causal, Function<ProgramNode, NodeOrigin> origins) {
        try {
            return Result.success(Interpreter.evaluate(selector, input, causal));
        } catch (EvaluationException e) {
            return Result.failure(diagnostic(e, selector, origins));
        }
    }

    /** At what was asked for, if the failing node is nobody's own expression (a constant, say). */
    private static Diagnostic diagnostic(
            EvaluationException e, ProgramNode asked, Function<ProgramNode, NodeOrigin> origins) {
        Diagnostic error = Diagnostic.error(e.code(), e.message());
        NodeOrigin origin =
                e.node().map(origins).filter(found -> found.span().isPresent()).orElseGet(() -> origins.apply(asked));
        if (origin.span().isPresent()) {
            error = error.at(origin.span().get(), "");
        }
        if (e.position().isPresent()) {
            error = error.note("at position " + e.position().getAsInt() + " of the input");
        }
        for (String note : e.notes()) {
            error = error.note(note);
        }
        for (String call : origin.calls()) {
            error = error.note(call);
        }
        return e.advice().map(error::help).orElse(error);
    }
}
