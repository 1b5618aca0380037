package io.rasplens.compiler;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Why a program fails on every input: inference knows that it does, and the interpreter says in words what happens on one. */
final class ExplainFailure {
    private ExplainFailure() {}

    static <T> Result<T> explained(Result<T> result, CompileTarget target) {
        if (!(result instanceof Result.Failure<T> failure)) {
            return result;
        }
        return Result.failure(failure.diagnostics().stream()
                .map(d -> d.code() == CompileCode.NO_VALUES ? explained(d, target) : d)
                .collect(ImmutableList.toImmutableList()));
    }

    private static Diagnostic explained(Diagnostic refusal, CompileTarget target) {
        for (List<Value> input : inputs(target)) {
            Optional<EvaluationException> failure = failureOn(input, target);
            if (failure.isPresent()) {
                EvaluationException e = failure.get();
                Diagnostic told = refusal.note("on the input " + input + ": " + e.message());
                return told.help(e.advice().orElse("change the vocabulary, or what is computed of its tokens"));
            }
        }
        return refusal;
    }

    /** One of each token, as long as they fit; then one alone, a longest one of it. */
    private static List<List<Value>> inputs(CompileTarget target) {
        ImmutableList<Value> tokens = target.vocabulary();
        int longest = Math.min(target.maxLength(), 10);
        return List.of(
                tokens.subList(0, Math.min(tokens.size(), longest)),
                tokens.subList(0, 1),
                Collections.nCopies(longest, tokens.get(0)));
    }

    private static Optional<EvaluationException> failureOn(List<Value> input, CompileTarget target) {
        try {
            Interpreter.evaluate(
                    target.program().output(), input, target.program().causal());
            return Optional.empty();
        } catch (EvaluationException e) {
            return Optional.of(e);
        }
    }
}
