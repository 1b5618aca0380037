package io.rasplens.compiler.lower;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses a program of far too many dependent attention steps before the first is built. The lowering starts from the output and
 * would hold something of each step in memory before it came to the first one.
 */
final class CheckDepth {
    /** The count knows nothing of heads that turn out not to be needed, so that the exact limit is left to the lowering. */
    private static final int MAX_STEPS = 4 * Lowerer.MAX_BLOCKS;

    private final Lowerer lowerer;
    private final NodeMap<ProgramNode, Integer> steps = new NodeMap<>();

    private CheckDepth(Lowerer lowerer) {
        this.lowerer = lowerer;
    }

    static void check(Lowerer lowerer) {
        new CheckDepth(lowerer).run();
    }

    private void run() {
        SOp output = lowerer.program().output();
        for (ProgramNode node : NeededNodes.of(List.of(output))) {
            steps.put(node, count(node));
        }
        int depth = steps(output);
        if (depth > MAX_STEPS) {
            lowerer.requireDepth(output, depth);
        }
    }

    /** Attention steps that follow one another up to this node. */
    private int count(ProgramNode node) {
        Optional<JointTable> table =
                node instanceof SOp sop ? lowerer.inference().table(sop) : Optional.empty();
        if (table.isPresent() && table.get().variables().stream().noneMatch(v -> isOf(v, node))) {
            return table.get().variables().stream()
                    .mapToInt(v -> v instanceof Variable.Computed computed ? steps(computed.sop()) : 0)
                    .max()
                    .orElse(0);
        }
        int below = node.operands().stream().mapToInt(this::steps).max().orElse(0);
        return node instanceof SOp.Aggregate || node instanceof SOp.SelectorWidth ? below + 1 : below;
    }

    private static boolean isOf(Variable variable, ProgramNode node) {
        return variable instanceof Variable.Computed computed && computed.sop() == node;
    }

    private int steps(ProgramNode node) {
        return Objects.requireNonNull(steps.get(node), node::toString);
    }
}
