package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole text of small circuits. */
class PrintCircuitTest {
    private static final String EMBEDDING = """
              BOS: bos
              'a': 2.0·number + tokens='a'
              'b': -3.0·number + tokens='b'
              'c': 5.0·number + tokens='c'
              position 0: one
              position 1: index + one
              position 2: 2.0·index + one
              position 3: 3.0·index + one
              position 4: 4.0·index + one
              position 5: 5.0·index + one
            """;
    private final HandMade made = new HandMade();
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm out = LinearForm.of(made.out);

    @Test
    void everyPartIsALine() {
        Head head = HandMade.head(
                new HeadKind.Mean(50, HeadKind.Keys.ONE),
                List.of(new ScoreTerm(number, LinearForm.of(made.index))),
                new ValueTerm(number.times(2), out));
        Circuit circuit = made.attend(head)
                .think(HandMade.units(HandMade.unit(out, number)))
                .answer(number)
                .circuit();
        var reading = new Circuit(
                circuit.tokens(),
                circuit.positions(),
                circuit.blocks(),
                circuit.logits(),
                circuit.decoder(),
                ImmutableList.of(new Circuit.Readout("twice", new Stage(1), ImmutableList.of(out), circuit.decoder())),
                false);

        assertThat(PrintCircuit.print(reading)).isEqualTo("embedding\n" + EMBEDDING + """
                block 0
                  head: part for a test (copy, gap 50)
                    score (number) * (index)
                    value (2.0·number) -> out
                block 1
                  1 units: part for a test (plain relus)
                    relu(out) -> number
                logits
                  number
                readout twice at stage 1
                """);
        assertThat(PrintCircuit.print(new HandMade().causal().circuit())).startsWith("embedding, causal\n  BOS: bos\n");
    }

    @Test
    void headsTellWhatTheyAre() {
        assertHead("mean, gap 7", new HeadKind.Mean(7, HeadKind.Keys.ANY));
        assertHead("copy, gap 7", new HeadKind.Mean(7, HeadKind.Keys.EQUAL));
        assertHead("sum, gap 7, BOS e^9 above", new HeadKind.Sum(7, 2, 3, 9));
        assertHead("part of a mean, gap 7", new HeadKind.Part(7, 14));
        assertHead("count, gap 7, BOS 2.50 times a key", new HeadKind.Count(7, 2.5, 0));
    }

    private void assertHead(String told, HeadKind kind) {
        Head head = HandMade.head(kind, List.of(), new ValueTerm(number, out));
        assertThat(PrintCircuit.print(new HandMade().attend(head).circuit()))
                .contains("  head: part for a test (" + told + ")\n");
    }

    @Test
    void unitsTellWhatTheyAre() {
        var step = new Construction.Step(0, 1, out);
        assertUnits("2 saturating steps", new Construction.Staircase(number, 0, 1, ImmutableList.of(step, step)));
        assertUnits(
                "piecewise linear",
                new Construction.Polyline(
                        number, ImmutableDoubleArray.of(0, 1), ImmutableDoubleArray.of(0, 1), out, 1, 1));
        assertUnits("both signs of a number", new Construction.BothSigns(number, out));
        assertUnits("one case at a time", new Construction.Cases());
        assertUnits("plain relus", new Construction.Plain());
    }

    private void assertUnits(String told, Construction construction) {
        var group = new UnitGroup(construction, ImmutableList.of(HandMade.unit(number, out)), HandMade.ORIGIN);
        assertThat(PrintCircuit.print(new HandMade().think(group).circuit()))
                .contains("  1 units: part for a test (" + told + ")\n");
    }
}
