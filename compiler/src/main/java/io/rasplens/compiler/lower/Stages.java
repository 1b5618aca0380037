package io.rasplens.compiler.lower;

import io.rasplens.compiler.assemble.AssembleModel;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;

/**
 * Every form that a program takes on its way to weights.
 *
 * @param rewritten the graph after the rewrite rules
 * @param inference what is known of the values of its s-ops
 * @param lowered the circuit as it was written
 * @param certified the circuit that is assembled
 */
public record Stages(CompileTarget rewritten, Inference inference, Lowered lowered, CertifiedCircuit certified) {

    /** The last form: the model, without its {@code program}, which the front door adds. */
    public Result<CompiledModel> model() {
        return WithRoom.run(
                rewritten,
                working -> Result.success(AssembleModel.assemble(
                        certified.circuit(), Optional.of(certified.certificate()), certified.layout())));
    }
}
