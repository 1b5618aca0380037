package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.table.Regions;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link NumberByConjunctions} and {@link OneHotByConjunctions}: functions of more than can be listed. */
class ConjunctionRulesTest {
    /** Eight functions of the input with up to six values each: 600,000 combinations. */
    private static final String COUNTS = """
            a = selector_width(select(tokens, "a", ==));
            b = selector_width(select(tokens, "b", ==));
            c = selector_width(select(tokens, "c", ==));
            same = selector_width(select(tokens, tokens, ==));
            before = selector_width(select(tokens, tokens, ==) and select(indices, indices, <));
            other = selector_width(select(tokens, tokens, !=));
            earlier = selector_width(select(tokens, tokens, !=) and select(indices, indices, <));
            later = selector_width(select(tokens, tokens, ==) and select(indices, indices, >));
            """;

    private static final String ALL =
            "a == 1 and not (b == 2) and c < 3 and same < 3 and before == 0 and other > 0 and earlier < 4 and not (later == 1)";

    /** Regions ask plans what one block can compute, and plans ask regions what there is to compute it from. */
    private static ConjunctionPlans plans(Room room) {
        List<ConjunctionPlans> plans = new ArrayList<>();
        var regions = new Regions(
                room.facts(),
                room.readings(),
                room.readings(),
                (node, block) -> plans.get(0).isPossible(node, block));
        plans.add(new ConjunctionPlans(room.facts(), room.readings(), regions));
        return plans.get(0);
    }

    @Test
    void aNumberIsASumOfConjunctions() {
        Room room =
                Room.of(COUNTS + "x = 5 if " + ALL + " else (2.5 if a == 2 and other == 3 and later == 0 else -1);");
        Offer<Signal> offer = new NumberByConjunctions(room.facts(), room.writer(), room.readings(), plans(room))
                .offer(room.output())
                .orElseThrow();
        Signal written = offer.write();

        assertThat(offer.technique()).isEqualTo(Technique.CONJUNCTIONS);
        assertThat(room.units()).hasSize(offer.cost().get().units());
        assertThat(room.techniques()).containsExactly(Technique.CONJUNCTIONS);
        int answers = 0;
        for (ImmutableList<Value> input : room.inputs()) {
            double[] seen = room.run(written.form(), input);
            List<Value> expected = room.expected(room.output(), input);
            for (int i = 0; i < seen.length; i++) {
                assertThat(seen[i])
                        .as("position " + i + " of " + input)
                        .isCloseTo(Values.asNumber(expected.get(i)), within(1e-9));
                answers |= 1 << (int) Math.rint(Values.asNumber(expected.get(i)) + 1);
            }
        }
        // The inputs ask for more than the plain answer.
        assertThat(Integer.bitCount(answers)).isGreaterThan(1);
    }

    @Test
    void aOneHotHasADirectionForEachValueThatConjunctionsLeadTo() {
        Room room = Room.of(COUNTS + "x = \"two\" if a == 2 and other == 3 and later == 0 else (\"all\" if " + ALL
                + " else \"none\");");
        SOp output = room.output();
        Offer<OneHot> offer = new OneHotByConjunctions(room.facts(), room.writer(), room.readings(), plans(room))
                .offer(output)
                .orElseThrow();
        OneHot written = offer.write();

        assertThat(written.forms()).containsOnlyKeys(Value.of("all"), Value.of("two"), Value.of("none"));
        for (ImmutableList<Value> input : room.inputs()) {
            List<Value> expected = room.expected(output, input);
            written.forms().forEach((value, form) -> {
                double[] seen = room.run(form, input);
                for (int i = 0; i < seen.length; i++) {
                    assertThat(seen[i])
                            .as(value.repr() + " at position " + i + " of " + input)
                            .isCloseTo(value.equals(expected.get(i)) ? 1 : 0, within(1e-9));
                }
            });
        }
    }

    @Test
    void stringsAreNoNumber() {
        Room room = Room.of(COUNTS + "x = \"all\" if " + ALL + " else \"none\";");

        assertThat(new NumberByConjunctions(room.facts(), room.writer(), room.readings(), plans(room))
                        .offer(room.output()))
                .isEmpty();
    }

    @Test
    void whatCanBeListedIsLeftToTables() {
        Room room = Room.of(COUNTS + "x = 5 if a == 1 and same < 3 else 2;");

        assertThat(new NumberByConjunctions(room.facts(), room.writer(), room.readings(), plans(room))
                        .offer(room.output()))
                .isEmpty();
    }
}
