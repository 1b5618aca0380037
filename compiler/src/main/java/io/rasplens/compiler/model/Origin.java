package io.rasplens.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a part of the model is there.
 *
 * @param sop the s-op it serves, by RASP name or a name made from the graph
 * @param description what it does, in RASP words
 * @param source the expression it came from, if it came from one
 * @param technique by which construction, where the lowering chose among several
 */
public record Origin(String sop, String description, Optional<SourceRange> source, Optional<Technique> technique) {

    /** Of a part that does the work of several: by the first one's technique. */
    public static Origin joined(List<Origin> origins) {
        return new Origin(
                origins.stream().map(Origin::sop).distinct().collect(Collectors.joining(", ")),
                origins.stream().map(Origin::description).distinct().collect(Collectors.joining("; ")),
                origins.get(0).source(),
                origins.get(0).technique());
    }

    /** Of a part that there was no choice about. */
    public Origin(String sop, String description, Optional<SourceRange> source) {
        this(sop, description, source, Optional.empty());
    }
}
