package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * A whole transformer over named directions, before they have numbers.
 *
 * @param tokens what each vocabulary token's embedding writes; BOS writes {@code bos} alone
 * @param positions what each position's embedding writes, position 0 being the first token after BOS
 * @param logits one form per logit, read from the final residual stream
 * @param readouts s-ops that can be read on the way
 * @param glossary what its directions mean
 */
public record Circuit(
        ImmutableMap<Value, LinearForm> tokens,
        ImmutableList<LinearForm> positions,
        ImmutableList<Block> blocks,
        ImmutableList<LinearForm> logits,
        OutputDecoder decoder,
        ImmutableList<Readout> readouts,
        boolean causal,
        Glossary glossary) {
    /** One of which nobody says what its directions mean. */
    public Circuit(
            ImmutableMap<Value, LinearForm> tokens,
            ImmutableList<LinearForm> positions,
            ImmutableList<Block> blocks,
            ImmutableList<LinearForm> logits,
            OutputDecoder decoder,
            ImmutableList<Readout> readouts,
            boolean causal) {
        this(tokens, positions, blocks, logits, decoder, readouts, causal, Glossary.NONE);
    }

    /** Whether a head takes numbers times {@code e^lambda}, so that nothing but 0 is small. */
    public boolean hasSums() {
        return blocks.stream()
                .flatMap(block -> block.heads().stream())
                .anyMatch(head -> head.kind() instanceof HeadKind.Sum);
    }

    /** All s-ops that can be read: those that something is kept for, and the others whose directions are all there. */
    public ImmutableList<Readout> allReadouts() {
        ImmutableSet<String> known = readouts.stream().map(Readout::sop).collect(ImmutableSet.toImmutableSet());
        return Stream.concat(
                        readouts.stream(),
                        glossary.readableFrom(directions()).stream().filter(readout -> !known.contains(readout.sop())))
                .collect(ImmutableList.toImmutableList());
    }

    /** The same with other layers. */
    public Circuit with(ImmutableList<Block> others) {
        return new Circuit(tokens, positions, others, logits, decoder, readouts, causal, glossary);
    }

    /** Every direction that anything reads or writes, in order; {@code bos} and {@code one} always. */
    public ImmutableSortedSet<Direction> directions() {
        // Forms name them over and over: sorting comes last.
        var all = new HashSet<Direction>(List.of(Direction.BOS, Direction.ONE));
        Stream<LinearForm> inside = blocks.stream()
                .flatMap(block -> Stream.concat(
                        block.heads().stream()
                                .flatMap(h -> Stream.concat(
                                        h.terms().stream().flatMap(t -> Stream.of(t.query(), t.key())),
                                        h.values().stream().flatMap(v -> Stream.of(v.value(), v.output())))),
                        block.groups().stream()
                                .flatMap(g -> g.units().stream())
                                .flatMap(u -> Stream.of(u.input(), u.output()))));
        Stream<LinearForm> outside =
                Stream.of(tokens.values(), positions, logits).flatMap(forms -> forms.stream());
        Stream<LinearForm> read = readouts.stream().flatMap(r -> r.logits().stream());
        Stream.of(inside, outside, read)
                .flatMap(s -> s)
                .forEach(form -> all.addAll(form.terms().keySet()));
        return ImmutableSortedSet.copyOf(all);
    }

    /**
     * An s-op's place in the stream: {@link SopReadout} over named directions.
     *
     * @param stage from when on it can be read
     */
    public record Readout(String sop, Stage stage, ImmutableList<LinearForm> logits, OutputDecoder decoder) {}
}
