package io.rasplens.compiler.lower;

import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** Finds the s-op that a part of the transformer computes. */
final class FindSop {
    private FindSop() {}

    /** The s-op that the part is about; the one it is for, if it is about a selector. */
    static Optional<SOp> of(RaspProgram program, PartOrigin origin) {
        return program.nodes().stream()
                .filter(SOp.class::isInstance)
                .map(SOp.class::cast)
                .filter(sop ->
                        origin.node().isPresent() && sop.id() == origin.node().getAsInt())
                .findFirst();
    }

    /** The s-op of the largest head or group of hidden units; the output if there is none. */
    static SOp largest(RaspProgram program, Circuit circuit) {
        long most = 0;
        Optional<PartOrigin> largest = Optional.empty();
        for (Block block : circuit.blocks()) {
            for (Head head : block.heads()) {
                if (head.weights() > most) {
                    most = head.weights();
                    largest = Optional.of(head.origin());
                }
            }
            for (UnitGroup group : block.groups()) {
                if (group.weights() > most) {
                    most = group.weights();
                    largest = Optional.of(group.origin());
                }
            }
        }
        return largest.flatMap(origin -> of(program, origin)).orElse(program.output());
    }
}
