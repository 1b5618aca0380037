package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.Technique;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a part of a circuit is there: an {@link Origin}, and which node of the program's graph it is about.
 *
 * @param node its number in the graph; absent for what serves all
 * @param origin in words, which identify nothing
 * @param selection which keys it selects, if it is a head
 */
public record PartOrigin(OptionalInt node, Origin origin, Optional<SelectedBy> selection) {
    private PartOrigin(OptionalInt node, Origin origin) {
        this(node, origin, Optional.empty());
    }

    /** Of a head that selects these keys. */
    public PartOrigin selecting(SelectedBy keys) {
        return new PartOrigin(node, origin, Optional.of(keys));
    }

    /** Of a part that there was no choice about. */
    public static PartOrigin of(int node, String sop, String description, Optional<SourceRange> source) {
        return new PartOrigin(OptionalInt.of(node), new Origin(sop, description, source));
    }

    /** Of a part that a construction makes for a node. */
    public static PartOrigin of(
            int node, String sop, String description, Optional<SourceRange> source, Technique technique) {
        return new PartOrigin(OptionalInt.of(node), new Origin(sop, description, source, Optional.of(technique)));
    }

    /** Of a part that no one s-op asks for, and that there was no choice about. */
    public static PartOrigin shared(String what, String description) {
        return new PartOrigin(OptionalInt.empty(), new Origin(what, description, Optional.empty()));
    }

    /** Of a part that a construction makes for more than one s-op. */
    public static PartOrigin shared(String what, String description, Technique technique) {
        return new PartOrigin(
                OptionalInt.empty(), new Origin(what, description, Optional.empty(), Optional.of(technique)));
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
        return joined(List.of(this, other));
    }

    /** Of one part that does what several did: it counts as the first one's, and what is said of several is said once. */
    public static PartOrigin joined(List<PartOrigin> origins) {
        return new PartOrigin(
                origins.get(0).node,
                Origin.joined(origins.stream().map(PartOrigin::origin).toList()),
                origins.get(0).selection);
    }
}
