package io.rasplens.compiler.lower;

import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.space.Block;
import io.rasplens.compiler.space.Blocks;
import io.rasplens.compiler.space.Head;
import io.rasplens.compiler.space.UnitGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the s-op that a part of the transformer computes. */
final class FindSop {
    private FindSop() {}

    /** The s-op that goes by the part's name, or that comes from the same text. */
    static Optional<SOp> of(RaspProgram program, Origin origin) {
        if (origin.sop().equals("output")) {
            return Optional.of(program.output());
        }
        return first(program, sop -> Lowerer.name(program, sop).equals(origin.sop()))
                .or(() -> first(
                        program,
                        sop -> origin.source().isPresent()
                                && program.origin(sop)
                                        .span()
                                        .map(SourceRange::of)
                                        .equals(origin.source())));
    }

    private static Optional<SOp> first(RaspProgram program, Predicate<SOp> wanted) {
        return NeededNodes.of(List.of(program.output())).stream()
                .filter(SOp.class::isInstance)
                .map(SOp.class::cast)
                .filter(wanted)
                .findFirst();
    }

    /** The s-op of the largest head or group of hidden units; the output if there is none. */
    static SOp largest(RaspProgram program, Blocks blocks) {
        long most = 0;
        Optional<Origin> largest = Optional.empty();
        for (Block block : blocks.blocks()) {
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
