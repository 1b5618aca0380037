package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/**
 * Puts {@link Operator.Kept} between each kept s-op and whatever reads it. The new node has the s-op's name: it is what the name means
 * to whoever reads or sets it in the model.
 */
public final class CutKept implements GraphRule {
    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        return target.kept().isEmpty()
                ? Optional.empty()
                : Optional.of(CopyGraph.copy(target, (sop, copy) -> kept(target, sop, copy)));
    }

    private static Optional<SOp> kept(CompileTarget target, SOp sop, CopyGraph copy) {
        if (!target.kept().contains(sop)) {
            return Optional.empty();
        }
        NodeOrigin origin = target.program().origin(sop);
        SOp made = copy.copied(sop);
        SOp kept = copy.graph().elementwise(new Operator.Kept(), made);
        copy.originate(made, origin.unnamed());
        copy.originate(kept, named(target, sop, origin));
        return Optional.of(kept);
    }

    /** A base s-op has a name without a binding. */
    private static NodeOrigin named(CompileTarget target, SOp sop, NodeOrigin origin) {
        return origin.name().isPresent() || sop == target.program().output()
                ? origin
                : new NodeOrigin(
                        Optional.of(DescribeNode.label(target.program(), sop)),
                        origin.span(),
                        origin.call(),
                        origin.binding());
    }
}
