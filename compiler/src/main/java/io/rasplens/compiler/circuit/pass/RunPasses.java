package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.VerifyCircuit;
import java.util.List;

/**
 * Runs passes one after the other; the circuit is verified after each. The first takes away what reads directions that hold nothing yet,
 * which lowerings write as they go along; what is merged may cancel what was written, so that more is read that holds nothing.
 */
public final class RunPasses {
    private static final CircuitPass PRUNE_READS = new CircuitPass("PruneCircuit.emptyReads", PruneCircuit::emptyReads);
    private static final CircuitPass MERGE_TWINS =
            new CircuitPass("MergeTwins", circuit -> PruneCircuit.emptyReads(MergeTwins.merge(circuit)));
    private static final CircuitPass SPARE_BOS = new CircuitPass("SpareBos", SpareBos::spare);
    private static final CircuitPass SOFTEN_BOS = new CircuitPass("SoftenBos", SoftenBos::soften);
    private static final CircuitPass MERGE_STEPS =
            new CircuitPass("MergeSteps", circuit -> PruneCircuit.emptyReads(MergeSteps.merge(circuit)));
    private static final CircuitPass PRUNE = new CircuitPass("PruneCircuit", PruneCircuit::prune);

    /** What leaves nothing that makes no difference. */
    public static final ImmutableList<CircuitPass> SHRINKING =
            ImmutableList.of(PRUNE_READS, MERGE_TWINS, SPARE_BOS, PRUNE);

    /** The same, and what lets less depend on BOS's own coordinate and shares steps. */
    public static final ImmutableList<CircuitPass> LEGIBLE =
            ImmutableList.of(PRUNE_READS, MERGE_TWINS, SPARE_BOS, SOFTEN_BOS, MERGE_STEPS, PRUNE);

    private RunPasses() {}

    /**
     * The circuit that comes out of the last pass.
     *
     * @param maker what made the circuit, to be blamed if there is no pass
     * @throws IllegalStateException with the name of whatever made a circuit that can't be
     */
    public static Circuit run(Circuit circuit, String maker, List<CircuitPass> passes) {
        Circuit now = circuit;
        if (passes.isEmpty()) {
            verify(now, maker);
        }
        for (CircuitPass pass : passes) {
            now = pass.change().apply(now);
            verify(now, pass.name());
        }
        return now;
    }

    private static void verify(Circuit circuit, String maker) {
        ImmutableList<String> problems = VerifyCircuit.problems(circuit);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(maker + " made a circuit that can't be: " + problems.get(0));
        }
    }
}
