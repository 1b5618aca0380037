package io.rasplens.compiler.lower;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses a program of far too many dependent attention steps before the first is built. The lowering starts from the output and
 * would hold something of each step in memory before it came to the first one.
 */
final class CheckDepth {
    /** The count knows nothing of heads that turn out not to be needed, so that the exact limit is left to the lowering. */
    private static final int MAX_STEPS = 4 * CircuitWriter.MAX_BLOCKS;

    private final Facts facts;
    private final CircuitWriter writer;
    private final NodeMap<ProgramNode, Integer> steps = new NodeMap<>();

    private CheckDepth(Facts facts, CircuitWriter writer) {
        this.facts = facts;
        this.writer = writer;
    }

    static void check(Facts facts, CircuitWriter writer) {
        new CheckDepth(facts, writer).run();
    }

    private void run() {
        SOp output = facts.program().output();
        for (ProgramNode node : facts.nodes()) {
            steps.put(node, count(node));
        }
        int depth = steps(output);
        if (depth > MAX_STEPS) {
            writer.requireDepth(output, depth);
        }
    }

    /** Attention steps that follow one another up to this node. */
    private int count(ProgramNode node) {
        Optional<JointTable> table = node instanceof SOp sop ? facts.inference().table(sop) : Optional.empty();
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
