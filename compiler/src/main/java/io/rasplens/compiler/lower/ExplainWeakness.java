package io.rasplens.compiler.lower;

import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Diagnostic;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says in the program's words which part of a transformer is not precise enough. */
public final class ExplainWeakness {
    /** Fewer attention steps one behind the other hardly add to each other's errors. */
    private static final int MANY_STEPS = 8;

    private static final String SMALLER = "a shorter max_length, a smaller vocab or smaller numbers leave more digits";

    private ExplainWeakness() {}

    public static Diagnostic explain(CompileTarget target, Weakness weakness) {
        RaspProgram program = target.program();
        Optional<SOp> sop = weakness.origin().isEmpty()
                ? Optional.of(program.output())
                : weakness.origin().flatMap(origin -> FindSop.of(program, origin));
        String help =
                weakness.ofProgram() ? "use numbers of more similar sizes" : help(steps(sop.orElse(program.output())));
        return sop.isPresent()
                ? DescribeNode.at(
                        program,
                        sop.get(),
                        CompileCode.NOT_PRECISE,
                        DescribeNode.name(program, sop.get()) + " " + weakness.reason(),
                        help)
                : Diagnostic.error(
                                CompileCode.NOT_PRECISE,
                                weakness.origin()
                                                .map(origin -> "'" + origin.sop() + "' ")
                                                .orElse("")
                                        + weakness.reason())
                        .help(help);
    }

    private static String help(int steps) {
        return steps < MANY_STEPS
                ? SMALLER
                : "it takes " + steps
                        + " attention steps, each computed from the one before, which pass on their errors:"
                        + " fewer steps would do; " + SMALLER;
    }

    private static int steps(SOp sop) {
        NodeMap<ProgramNode, Integer> steps = new NodeMap<>();
        for (ProgramNode node : NeededNodes.of(List.of(sop))) {
            int below = node.operands().stream()
                    .mapToInt(operand -> Objects.requireNonNull(steps.get(operand)))
                    .max()
                    .orElse(0);
            steps.put(node, node instanceof SOp.Aggregate || node instanceof SOp.SelectorWidth ? below + 1 : below);
        }
        return Objects.requireNonNull(steps.get(sop));
    }
}
