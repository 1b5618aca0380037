package io.rasplens.compiler.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a part of the model is there.
 *
 * @param sops the s-ops it serves, each once, by RASP name or a name made from the graph; several if one part does the work of several
 * @param description what it does, in RASP words
 * @param source the expression it came from, if it came from one
 * @param technique by which construction, where the lowering chose among several
 */
public record Origin(
        ImmutableList<String> sops, String description, Optional<SourceRange> source, Optional<Technique> technique) {
    public Origin {
        checkArgument(!sops.isEmpty(), "a part serves something");
    }

    /** Of a part that serves one s-op. */
    public Origin(String sop, String description, Optional<SourceRange> source, Optional<Technique> technique) {
        this(ImmutableList.of(sop), description, source, technique);
    }

    /** Of a part that there was no choice about. */
    public Origin(String sop, String description, Optional<SourceRange> source) {
        this(sop, description, source, Optional.empty());
    }

    /** Of a part that does the work of several: by the first one's technique. */
    public static Origin joined(List<Origin> origins) {
        return new Origin(
                origins.stream()
                        .flatMap(origin -> origin.sops().stream())
                        .distinct()
                        .collect(ImmutableList.toImmutableList()),
                origins.stream().map(Origin::description).distinct().collect(Collectors.joining("; ")),
                origins.get(0).source(),
                origins.get(0).technique());
    }

    /** The s-ops it serves, in words. */
    public String sop() {
        return String.join(", ", sops);
    }
}
