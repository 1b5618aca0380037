package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A circuit made by hand, over the tokens a, b and c, of the numbers 2, -3 and 5, and six positions: where they are is a number and
 * the constant 1. Blocks are added to it.
 */
public final class HandMade {
    public static final PartOrigin ORIGIN = PartOrigin.shared("part", "for a test");
    private static final ImmutableList<Value> TOKENS = ImmutableList.of(Value.of("a"), Value.of("b"), Value.of("c"));
    private static final double[] NUMBERS = {2, -3, 5};

    public final Features features = new Features();
    public final ImmutableList<Direction> tokens;
    public final Direction number = Direction.number(features.named("number"));
    public final Direction index = Direction.number(features.named("index"));
    public final Direction out = Direction.number(features.named("out"));
    private final List<Block> blocks = new ArrayList<>();
    private LinearForm logit = LinearForm.of(out);
    private boolean causal;

    public HandMade() {
        Feature feature = features.named("tokens");
        tokens = TOKENS.stream().map(t -> Direction.oneHot(feature, t)).collect(ImmutableList.toImmutableList());
    }

    public HandMade attend(Head... heads) {
        blocks.add(new Block(ImmutableList.copyOf(heads), ImmutableList.of()));
        return this;
    }

    public HandMade think(UnitGroup... groups) {
        blocks.add(new Block(ImmutableList.of(), ImmutableList.copyOf(groups)));
        return this;
    }

    public HandMade answer(LinearForm form) {
        logit = form;
        return this;
    }

    public HandMade causal() {
        causal = true;
        return this;
    }

    public Circuit circuit() {
        ImmutableMap.Builder<Value, LinearForm> embedding = ImmutableMap.builder();
        for (int t = 0; t < TOKENS.size(); t++) {
            embedding.put(TOKENS.get(t), LinearForm.of(tokens.get(t)).plus(LinearForm.of(number, NUMBERS[t])));
        }
        ImmutableList.Builder<LinearForm> positions = ImmutableList.builder();
        for (int p = 0; p < 6; p++) {
            positions.add(LinearForm.of(index, p).plus(LinearForm.constant(1)));
        }
        return new Circuit(
                embedding.buildOrThrow(),
                positions.build(),
                ImmutableList.copyOf(blocks),
                ImmutableList.of(logit),
                new OutputDecoder.Numerical(ImmutableList.of()),
                ImmutableList.of(),
                causal);
    }

    public static List<Value> input(String letters) {
        return letters.chars()
                .<Value>mapToObj(c -> Value.of(String.valueOf((char) c)))
                .toList();
    }

    /** The answer at BOS and at each letter. */
    public double[] run(String letters) {
        return read(letters, logit);
    }

    /** A form at the end, at BOS and at each letter. */
    public double[] read(String letters, LinearForm form) {
        CircuitTrace trace = RunCircuit.run(circuit(), input(letters));
        double[] answers = new double[trace.positions()];
        for (int p = 0; p < answers.length; p++) {
            answers[p] = trace.read(form, trace.lastStage(), p);
        }
        return answers;
    }

    public static ImmutableList<ScoreTerm> scores(ScoreTerm... terms) {
        return ImmutableList.copyOf(terms);
    }

    public static Head head(HeadKind kind, List<ScoreTerm> scores, ValueTerm... values) {
        return new Head(ImmutableList.copyOf(scores), ImmutableList.copyOf(values), kind, ORIGIN);
    }

    public static UnitGroup units(HiddenUnit... units) {
        return new UnitGroup(new Construction.Plain(), ImmutableList.copyOf(units), ORIGIN);
    }

    public static HiddenUnit unit(LinearForm input, LinearForm output) {
        return new HiddenUnit(input, output, ORIGIN);
    }

    /** All blocks, the one circuit's behind the other's. */
    public static Circuit withLogits(Circuit circuit, LinearForm... logits) {
        return new Circuit(
                circuit.tokens(),
                circuit.positions(),
                circuit.blocks(),
                Stream.of(logits).collect(ImmutableList.toImmutableList()),
                circuit.decoder(),
                circuit.readouts(),
                circuit.causal());
    }
}
