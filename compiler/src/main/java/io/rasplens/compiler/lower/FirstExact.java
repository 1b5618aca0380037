package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;
import java.util.function.Function;

/** Tries ways to a circuit until one keeps the promise of exactness. */
final class FirstExact {
    private FirstExact() {}

    /**
     * The stages of the first way that leads to an exact circuit. Where none does, the program is refused for what was wrong with the
     * first one's; where the program itself loses the digits, or has no circuit, no other way is tried.
     */
    static Result<Stages> of(
            ImmutableList<LoweringWay> ways, CompileTarget target, Function<LoweringWay, Result<Stages>> go) {
        Optional<Weakness> first = Optional.empty();
        for (LoweringWay way : ways) {
            Result<Stages> stages = go.apply(way);
            Optional<Weakness> weakness = stages instanceof Result.Success<Stages> success
                    ? success.value().certified().exact().weakness()
                    : Optional.empty();
            if (weakness.isEmpty() && (first.isEmpty() || stages instanceof Result.Success<Stages>)) {
                return stages;
            }
            first = first.or(() -> weakness);
            if (weakness.isEmpty() || weakness.get().ofProgram()) {
                break;
            }
        }
        return Result.failure(ExplainWeakness.explain(target, first.orElseThrow()));
    }
}
