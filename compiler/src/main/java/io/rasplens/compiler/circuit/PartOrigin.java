package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a part of a circuit is there: an {@link Origin}, and which node of the program's graph it is about.
 *
 * @param node its number in the graph; absent for what serves all
 * @param origin in words, which identify nothing
 */
public record PartOrigin(OptionalInt node, Origin origin) {

    public static PartOrigin of(int node, String sop, String description, Optional<SourceRange> source) {
        return new PartOrigin(OptionalInt.of(node), new Origin(sop, description, source));
    }

    /** Of a part that no one s-op asks for. */
    public static PartOrigin shared(String what, String description) {
        return new PartOrigin(OptionalInt.empty(), new Origin(what, description, Optional.empty()));
    }

    public String sop() {
        return origin.sop();
    }

    public String description() {
        return origin.description();
    }

    public Optional<SourceRange> source() {
        return origin.source();
    }

    /** Of one part that does what two did: it counts as the first one's. */
    public PartOrigin and(PartOrigin other) {
        return new PartOrigin(
                node,
                new Origin(sop() + ", " + other.sop(), description() + "; " + other.description(), origin.source()));
    }
}
