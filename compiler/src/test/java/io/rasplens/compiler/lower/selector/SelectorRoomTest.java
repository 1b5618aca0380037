package io.rasplens.compiler.lower.selector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.selector.GroupSelects.Grouping;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors as conditions on keys, over readings that are there already. */
class SelectorRoomTest {
    private static Room width(String selector) {
        return Room.of("x = selector_width(" + selector + ");");
    }

    private static Selector selector(Room room) {
        return ((SOp.SelectorWidth) room.output()).selector();
    }

    private static GroupSelects groups(Room room) {
        return new GroupSelects(room.facts(), room.readings(), room.readings());
    }

    private static ImmutableList<KeyCondition> tests(Room room) {
        return SelectorCases.of(selector(room), groups(room), 64, List::size).orElseThrow();
    }

    private static ImmutableList<Comparisons> grouped(Room room, Grouping grouping) {
        return groups(room)
                .group(SelectorDiagram.selects(selector(room)), grouping)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select(tokens, tokens, ==)                                      | 1 | 1",
                "select(tokens, tokens, ==) and select(indices, indices, <)      | 1 | 2",
                "select(indices, indices, <) or select(indices, indices, ==)     | 1 | 1",
                "select(indices, indices, <) and select(indices, indices, >=)    | 0 | 0",
                "select(indices, indices, <) or select(indices, indices, >=)     | 1 | 0",
                "not select(tokens, \"a\", ==)                                 | 1 | 1",
                "select(tokens, tokens, ==) or select(indices, indices, <)       | 2 | 1"
            })
    void aSelectorIsTestsThatExcludeEachOther(String selector, int tests, int partsOfTheFirst) {
        ImmutableList<KeyCondition> found = tests(width(selector));

        assertThat(found).hasSize(tests);
        assertThat(found).allMatch(KeyCondition::isConjunction);
        if (tests > 0) {
            assertThat(found.get(0).parts()).hasSize(partsOfTheFirst);
        }
    }

    @Test
    void moreTestsThanTheLimitAreNone() {
        Room room = width("select(tokens, tokens, ==) or select(indices, indices, <)");

        assertThat(SelectorCases.of(selector(room), groups(room), 1, List::size))
                .isEmpty();
    }

    @Test
    void aTestReadsAsRaspWouldPutIt() {
        assertThat(tests(width("select(indices, indices, <) or select(indices, indices, ==)"))
                        .get(0)
                        .keys())
                .isEqualTo("keys where (key's indices == query's indices or key's indices < query's indices)");
        assertThat(tests(width("select(indices, indices, <) or select(indices, indices, >=)"))
                        .get(0)
                        .keys())
                .isEqualTo("all keys");
    }

    @Test
    void selectsOfOnePairOfSidesAreComparedTogether() {
        Room room = width("select(indices, indices, <) or select(indices, indices, ==)");

        assertThat(grouped(room, Grouping.BY_SOP)).hasSize(1);
        // Less and equal never hold at once.
        assertThat(grouped(room, Grouping.BY_SOP).get(0).reachable()).hasSize(3);
    }

    @Test
    void functionsOfOneVariableAreToldByIt() {
        Room room = width("select(indices - 1, indices, ==) or select(indices + 1, indices, ==)");

        assertThat(grouped(room, Grouping.BY_SOP)).hasSize(2);
        assertThat(grouped(room, Grouping.BY_VARIABLE)).hasSize(1);
    }

    @Test
    void aConstantGoesWithAnythingOnItsSide() {
        Room room = width("select(tokens, \"a\", ==) and select(tokens, tokens, ==)");

        assertThat(grouped(room, Grouping.BY_SOP)).hasSize(2);
        assertThat(grouped(room, Grouping.WITH_CONSTANTS)).hasSize(1);
    }

    @Test
    void aWeighedTestTakesOneHeadForWhatIsNoConjunction() {
        Room room = width("select(tokens, tokens, ==) or select(indices, indices, <)");
        KeyCondition weighed =
                SelectorCases.weighed(selector(room), groups(room)).orElseThrow();

        assertThat(weighed.isConjunction()).isFalse();
        assertThat(weighed.parts()).hasSize(2);
        assertThat(weighed.threshold()).isEqualTo(1);
    }

    @Test
    void orderIsNoEqualityOfNumbersAndStringsAreNeither() {
        assertThat(part("select(indices, indices, ==)").isNumericEquality()).isTrue();
        assertThat(part("select(indices, indices, <=)").isNumericEquality()).isFalse();
        assertThat(part("select(tokens, tokens, ==)").isNumericEquality()).isFalse();
    }

    @Test
    void theScoresArePairsOfAQueryAndAKey() {
        Predicate less = part("select(indices, indices, <)");

        // Five positions: key k is selected for query q where k < q.
        assertThat(less.key().values()).hasSize(5).contains(Value.of(0), Value.of(4));
        assertThat(less.scores()[3]).containsExactly(1, 1, 1, 0, 0);
        assertThat(less.scores()[0]).containsOnly(0);
    }

    private static Predicate part(String selector) {
        return tests(width(selector)).get(0).parts().get(0);
    }
}
