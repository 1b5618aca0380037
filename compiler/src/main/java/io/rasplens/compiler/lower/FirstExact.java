package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tries ways to a circuit until one keeps the promise of exactness. */
final class FirstExact {
    private FirstExact() {}

    /** What more blocks may help against; hardness does not. */
    static final ImmutableSet<DiagnosticCode> OF_CONSTRUCTION = ImmutableSet.of(
            CompileCode.TOO_MANY_VALUES,
            CompileCode.TOO_MANY_UNITS,
            CompileCode.VALUES_TOO_CLOSE,
            CompileCode.NUMBER_OUT_OF_RANGE);

    /**
     * The stages of the first way that leads to an exact circuit. Where none does, the program is refused for what is wrong with the
     * last one's, or why there was none; where the program itself loses the digits, no other way is tried but one without digits, and where
     * there is no circuit, none that is but harder.
     */
    static Result<Stages> of(
            ImmutableList<LoweringWay> ways, CompileTarget target, Function<LoweringWay, Result<Stages>> go) {
        Optional<Diagnostic> refusal = Optional.empty();
        boolean onlyCareful = false;
        boolean onlyMarked = false;
        List<LoweringWay> inVain = new ArrayList<>();
        for (LoweringWay way : ways) {
            if ((onlyCareful && !way.careful())
                    || (onlyMarked && way.answer() != LoweringWay.ListedAnswer.MARKED)
                    || inVain.stream().anyMatch(way::isButHarder)) {
                continue;
            }
            Result<Stages> stages = go.apply(way);
            if (stages instanceof Result.Failure<Stages> refused) {
                Diagnostic why = refused.diagnostics().get(0);
                if (refusal.isEmpty() && !OF_CONSTRUCTION.contains(why.code())) {
                    return stages;
                }
                refusal = refusal.or(() -> Optional.of(why));
                onlyCareful = true;
                inVain.add(way);
                continue;
            }
            Optional<Weakness> weakness = stages.orThrow().certified().exact().weakness();
            if (weakness.isEmpty()) {
                return stages;
            }
            // Of circuits the last is the most exact: what the others lack it may have, and lacks something else.
            refusal = onlyCareful ? refusal : weakness.map(weak -> ExplainWeakness.explain(target, weak));
            onlyMarked |= weakness.get().ofProgram();
        }
        return Result.failure(refusal.orElseThrow());
    }
}
