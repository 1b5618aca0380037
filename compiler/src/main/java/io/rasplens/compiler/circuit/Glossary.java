package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.part.SopFunction;
import java.util.Map;
import java.util.Set;

/**
 * What the directions of a circuit mean in its program.
 *
 * @param meanings of directions; where none is given there is nothing to say but the feature's name
 * @param functions what hidden units compute, by the s-op; each may be written down when it is asked for
 * @param readable s-ops that can be read as long as all directions of their readouts are there; nothing is kept for them
 */
public record Glossary(
        ImmutableMap<Direction, DirectionMeaning> meanings,
        Map<String, SopFunction> functions,
        ImmutableList<Circuit.Readout> readable) {
    public static final Glossary NONE = new Glossary(ImmutableMap.of(), ImmutableMap.of(), ImmutableList.of());

    /** Those of {@link #readable} all of whose directions are among some. */
    ImmutableList<Circuit.Readout> readableFrom(Set<Direction> directions) {
        return readable.stream()
                .filter(readout -> readout.logits().stream()
                        .allMatch(form -> directions.containsAll(form.terms().keySet())))
                .collect(ImmutableList.toImmutableList());
    }
}
