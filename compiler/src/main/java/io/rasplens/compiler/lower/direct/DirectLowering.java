package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The {@code -O0} compiler: values, then roles, then demands, then blocks, then layers, then weights.
 *
 * <pre>{@code
 * CompiledModel model = new DirectLowering().lower(new CompileTarget(program, vocabulary, 5)).orThrow();
 * }</pre>
 */
public final class DirectLowering implements Lowering {

    @Override
    public Result<CompiledModel> lower(CompileTarget target) {
        var working = new AtomicReference<SOp>(target.program().output());
        return Lowering.deep(
                target,
                working::get,
                () -> ValueInference.infer(target, working::set).then(inference -> lower(target, inference)));
    }

    private static Result<CompiledModel> lower(CompileTarget target, Inference inference) {
        SOp output = target.program().output();
        ImmutableList<ProgramNode> nodes = NeededNodes.of(ImmutableList.of(output));
        ImmutableSortedSet<TokenConversion> conversions = conversions(nodes);
        var specials = new Specials(
                Direction.special(conversions.first().sopName(), TokenEncoder.BOS_NAME),
                Direction.special(conversions.first().sopName(), TokenEncoder.PAD_NAME));
        try {
            Reading reading = Reading.of(target, inference, nodes);
            Demands demands = Demands.of(reading, nodes, output);
            Plan plan = new Planner(target, inference, reading, demands, specials).plan(nodes);
            return Result.success(new Assembly(target, inference, reading, plan, conversions).assemble());
        } catch (Refusal refusal) {
            return Result.failure(refusal.diagnostic());
        }
    }

    /** The ways in which tokens are read. Tokens are embedded even if nothing reads them. */
    private static ImmutableSortedSet<TokenConversion> conversions(ImmutableList<ProgramNode> nodes) {
        ImmutableSortedSet<TokenConversion> read = nodes.stream()
                .filter(SOp.Tokens.class::isInstance)
                .map(n -> ((SOp.Tokens) n).conversion())
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        return read.isEmpty() ? ImmutableSortedSet.of(TokenConversion.ASIS) : read;
    }
}
