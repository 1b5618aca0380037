package io.rasplens.compiler.lower.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.CircuitTrace;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.RunCircuit;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.lower.direct.block.DirectHead;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A selector as a 0/1 matrix, and the heads of the direct layout that look by it, over tokens a, b and c of the numbers 2, -3 and 5. */
class DirectHeadsTest {
    private static final List<Value> TOKENS = List.of(Value.of("a"), Value.of("b"), Value.of("c"));

    private final Graph graph = new Graph();
    private final HandMade made = new HandMade();
    private final Heads heads = new Heads(6);

    private final Selector.Select same =
            graph.select(graph.tokens(TokenConversion.STR), graph.tokens(TokenConversion.STR), Comparison.EQUAL);

    /** Two keys after c: a query that is c selects nothing. */
    private final Selector.Select greater =
            graph.select(graph.tokens(TokenConversion.STR), graph.tokens(TokenConversion.STR), Comparison.GREATER);

    private SelectorTable table(Selector selector) {
        List<Optional<Value>> values = TOKENS.stream().map(Optional::of).toList();
        var both = new SelectorTable.Compared(values, values);
        return SelectorTable.of(selector, Map.of(same, both, greater, both));
    }

    private Heads.CategorySelect select(Selector selector) {
        ImmutableList<LinearForm> forms =
                made.tokens.stream().map(LinearForm::of).collect(ImmutableList.toImmutableList());
        return new Heads.CategorySelect(forms, forms, table(selector), 0);
    }

    private double[] run(DirectHead head, String input) {
        Circuit circuit = made.attend(head.head()).circuit();
        CircuitTrace trace = RunCircuit.run(
                circuit,
                input.chars()
                        .mapToObj(letter -> Value.of(String.valueOf((char) letter)))
                        .toList());
        return IntStream.range(0, input.length())
                .mapToDouble(i -> trace.read(LinearForm.of(made.out), trace.lastStage(), i + 1))
                .toArray();
    }

    @Test
    void aTableIsTheSelectorOverValues() {
        for (int query = 0; query < 3; query++) {
            for (int key = 0; key < 3; key++) {
                String where = "query " + query + ", key " + key;
                boolean equal = query == key;
                boolean more = key > query;
                assertThat(table(same).selects(query, key)).as(where).isEqualTo(equal);
                assertThat(table(greater).selects(query, key)).as(where).isEqualTo(more);
                assertThat(table(graph.or(same, greater)).selects(query, key))
                        .as(where)
                        .isEqualTo(equal || more);
                assertThat(table(graph.and(graph.not(same), graph.not(greater))).selects(query, key))
                        .as(where)
                        .isEqualTo(!equal && !more);
            }
        }
    }

    /** What fails selects nothing. */
    @Test
    void aTableOfWhatFailsIsEmptyThere() {
        var keys = ImmutableList.of(Optional.of(Value.of("a")), Optional.<Value>empty());
        var queries = ImmutableList.of(Optional.of(Value.of("a")));
        SelectorTable table = SelectorTable.of(same, ImmutableMap.of(same, new SelectorTable.Compared(keys, queries)));

        assertThat(table.selects(0, 0)).isTrue();
        assertThat(table.selects(0, 1)).isFalse();
    }

    @Test
    void aMeanIsThatOfTheSelectedKeysAndNothingWhereThereAreNone() {
        var value = new ValueTerm(LinearForm.of(made.number), LinearForm.of(made.out));
        DirectHead head = heads.averaging(HandMade.ORIGIN, select(greater), HeadKind.Keys.ANY, value, 1, 5);
        double[] seen = run(head, "abcca");

        double[] expected = {(-3 + 5 + 5) / 3.0, 5, 0, 0, (-3 + 5 + 5) / 3.0};
        for (int i = 0; i < seen.length; i++) {
            assertThat(seen[i]).as("position " + i).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(head.width()).isEqualTo(5);
    }

    @Test
    void aCopyIsExact() {
        var value = new ValueTerm(LinearForm.of(made.number), LinearForm.of(made.out));
        DirectHead head = heads.copying(HandMade.ORIGIN, select(same), HeadKind.Keys.EQUAL, ImmutableList.of(value), 3);

        assertThat(run(head, "abcca")).containsExactly(2, -3, 5, 5, 2);
    }

    @Test
    void aCountIsTheShareThatIsLeftToBos() {
        DirectHead head = heads.counting(HandMade.ORIGIN, select(same), made.out);
        double[] seen = run(head, "abcca");

        double[] widths = {2, 1, 2, 2, 2};
        for (int i = 0; i < seen.length; i++) {
            // At BOS the value is 0: only the others' share is lost.
            assertThat(seen[i]).as("position " + i).isCloseTo(1 / (1 + widths[i]) - 1, within(1e-12));
        }
        assertThat(head.head().values().get(0).output().terms().keySet()).containsExactly(made.out);
        assertThat(head.head().terms()).anyMatch(term -> term.key().terms().containsKey(Direction.BOS));
    }
}
