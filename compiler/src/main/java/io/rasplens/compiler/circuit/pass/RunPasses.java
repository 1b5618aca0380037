package io.rasplens.compiler.circuit.pass;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.VerifyCircuit;
import java.util.List;

/** Runs passes one after the other; the circuit is verified before the first and after each. */
public final class RunPasses {
    /** What leaves nothing that makes no difference. */
    public static final ImmutableList<CircuitPass> SHRINKING = ImmutableList.of(
            new CircuitPass("PruneReads", PruneReads::prune),
            new CircuitPass("MergeTwins", MergeTwins::merge),
            new CircuitPass("SpareBos", SpareBos::spare),
            new CircuitPass("PruneCircuit", PruneCircuit::prune));

    private RunPasses() {}

    /**
     * The circuit that comes out of the last pass.
     *
     * @param maker what made the circuit
     * @throws IllegalStateException with the name of whatever made a circuit that can't be
     */
    public static Circuit run(Circuit circuit, String maker, List<CircuitPass> passes) {
        Circuit now = circuit;
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
