package io.rasplens.runtime.view.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.NodeOrigin;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import java.util.Comparator;
import java.util.List;

/**
 * The s-ops of a program that a part of its model serves. A model says of its parts where in the text the expression stands that they were
 * made for, and that decides; a name, which may be bound several times, only tells apart what one expression made.
 */
public final class ServedNodes {
    private ServedNodes() {}

    /**
     * The s-ops that a part may serve, the likeliest first: made by its expression and called as it says, made by its expression, called
     * as it says.
     *
     * @param nodes of the program
     */
    public static ImmutableList<SOp> of(RaspProgram program, List<ProgramNode> nodes, Origin part) {
        return nodes.stream()
                .filter(SOp.class::isInstance)
                .map(SOp.class::cast)
                .filter(sop -> doubt(program, sop, part) < 3)
                .sorted(Comparator.comparingInt(sop -> doubt(program, sop, part)))
                .collect(ImmutableList.toImmutableList());
    }

    private static int doubt(RaspProgram program, SOp sop, Origin part) {
        NodeOrigin origin = program.origin(sop);
        boolean placed =
                part.source().isPresent() && origin.span().map(SourceRange::of).equals(part.source());
        boolean named = sop == program.output()
                ? part.sops().contains(program.name())
                : origin.name().filter(part.sops()::contains).isPresent();
        return (placed ? 0 : 2) + (named ? 0 : 1);
    }
}
