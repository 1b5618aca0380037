package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.schedule.AssembleModel;
import io.rasplens.compiler.space.Blocks;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * The optimised lowering: one layer per dependent attention step.
 *
 * <p>Every s-op is a function of a few variables: the token, the position, the length, the results of attention. The output is made
 * readable, and that asks for what it reads, down to the embedding: nothing is built that nobody reads.
 */
public final class OptimizedLowering implements Lowering {

    @Override
    public Result<CompiledModel> lower(CompileTarget target) {
        return ValueInference.infer(target).then(inference -> {
            try {
                return Result.success(AssembleModel.assemble(blocks(target, inference), Optional.empty()));
            } catch (Refusal refusal) {
                return Result.failure(refusal.diagnostic());
            }
        });
    }

    private static Blocks blocks(CompileTarget target, Inference inference) {
        var lowerer = new Lowerer(target, inference);
        SOp output = target.program().output();
        ImmutableList<LinearForm> logits;
        OutputDecoder decoder;
        if (isCategorical(lowerer, output)) {
            OneHot oneHot = lowerer.functions().oneHot(output);
            decoder = new OutputDecoder.Categorical(oneHot.forms().keySet().asList());
            logits = oneHot.forms().values().asList();
        } else {
            ImmutableList<Value> values = inference.values(output) instanceof ValueSet.Finite finite && finite.exact()
                    ? finite.values()
                    : ImmutableList.of();
            decoder = new OutputDecoder.Numerical(values);
            logits = ImmutableList.of(lowerer.functions().number(output).form());
        }
        Stream stream = lowerer.stream();
        return new Blocks(
                stream.tokens(),
                stream.positions(),
                stream.blocks(),
                logits,
                decoder,
                lowerer.readouts(),
                target.program().causal());
    }

    private static boolean isCategorical(Lowerer lowerer, SOp output) {
        return lowerer.inference().values(output) instanceof ValueSet.Finite finite
                && (finite.values().stream().anyMatch(v -> !v.isNumeric() || v instanceof BoolValue)
                        || lowerer.functions().isOneHotFree(output));
    }
}
