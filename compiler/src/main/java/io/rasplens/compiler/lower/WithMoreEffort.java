package io.rasplens.compiler.lower;

import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.Effort;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.Result;
import java.util.function.Function;

/**
 * Tries again what is refused, with more effort. What compiles at once is not touched by what only the second try knows: no program's
 * weights change because another one has a way.
 */
final class WithMoreEffort {
    private WithMoreEffort() {}

    /** The stages of the first try that succeeds; where none does, the refusal of the first, whose words fit the usual constructions. */
    static Result<Stages> of(Function<Effort, Result<Stages>> go) {
        Result<Stages> usual = go.apply(Effort.USUAL);
        if (!(usual instanceof Result.Failure<Stages> refused)
                || !mayHelp(refused.diagnostics().get(0).code())) {
            return usual;
        }
        Result<Stages> thorough = go.apply(Effort.THOROUGH);
        return thorough instanceof Result.Failure<Stages> ? usual : thorough;
    }

    /** Against what a program fails on, or what there is no room or time for, nothing helps. */
    private static boolean mayHelp(DiagnosticCode code) {
        return FirstExact.OF_CONSTRUCTION.contains(code) || code == CompileCode.NOT_PRECISE;
    }
}
