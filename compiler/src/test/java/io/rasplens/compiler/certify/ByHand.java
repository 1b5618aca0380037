package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;

/** Circuits and streams small enough to be bounded by hand. */
final class ByHand {
    /** The roundoff of an arithmetic of ten digits: roundings are then as easy to write down as the rest. */
    static final double U = 0x1p-10;

    static final OutputDecoder NUMBER = new OutputDecoder.Numerical(ImmutableList.of());

    private ByHand() {}

    /** A stream in which nothing stands but the constant 1. */
    static StreamBounds stream(double unit) {
        var stream = new StreamBounds(unit);
        stream.write(Direction.ONE, new Bound(1, 1, 0, 1), 0);
        return stream;
    }

    /** A number of which no digit is known. */
    static Bound number(double low, double high, double error) {
        return new Bound(low, high, error, BinaryGrid.NONE);
    }

    /** A number on the grid of ints. */
    static Bound ints(double low, double high, double error) {
        return new Bound(low, high, error, 1);
    }

    /** What is written in a direction. */
    static Bound at(Map<Direction, Bound> written, Direction direction) {
        Bound bound = written.get(direction);
        if (bound == null) {
            throw new AssertionError("nothing is written in " + direction);
        }
        return bound;
    }

    /** The one-hot directions of the ints from 0. */
    static ImmutableList<Direction> family(Features features, String name, int size) {
        var feature = features.named(name);
        ImmutableList.Builder<Direction> family = ImmutableList.builder();
        for (int i = 0; i < size; i++) {
            family.add(Direction.oneHot(feature, Value.of(i)));
        }
        return family.build();
    }

    /** A circuit over the tokens 0, 1, … and so many positions, at which nothing is written but the constant 1. */
    static Circuit circuit(
            List<LinearForm> tokens,
            int positions,
            List<Block> blocks,
            List<LinearForm> logits,
            OutputDecoder decoder) {
        ImmutableMap.Builder<Value, LinearForm> embedding = ImmutableMap.builder();
        for (int t = 0; t < tokens.size(); t++) {
            embedding.put(Value.of(t), tokens.get(t));
        }
        ImmutableList.Builder<LinearForm> rows = ImmutableList.builder();
        for (int p = 0; p < positions; p++) {
            rows.add(LinearForm.constant(1));
        }
        return new Circuit(
                embedding.buildOrThrow(),
                rows.build(),
                ImmutableList.copyOf(blocks),
                ImmutableList.copyOf(logits),
                decoder,
                ImmutableList.of(),
                false);
    }
}
