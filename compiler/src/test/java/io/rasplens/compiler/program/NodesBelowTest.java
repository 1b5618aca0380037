package io.rasplens.compiler.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;

class NodesBelowTest {
    private final Graph graph = new Graph();
    private final SOp tokens = graph.tokens(TokenConversion.STR);
    private final SOp unread = graph.indices();
    private final SOp a = graph.constant(Value.of("a"));
    private final Selector same = graph.select(tokens, a, Comparison.EQUAL);
    private final SOp width = graph.selectorWidth(same);

    @Test
    void operandsStandBeforeUsersAndWhatIsNotReadDoesNot() {
        assertThat(Graph.below(ImmutableList.of(width))).containsExactly(tokens, a, same, width);
        assertThat(Graph.below(ImmutableList.of(unread, same, same))).containsExactly(tokens, unread, a, same);
        assertThat(Graph.below(ImmutableList.of())).isEmpty();
    }

    /** Two programs of one graph ask in turn, and nodes are made in between. */
    @Test
    void eachProgramHasItsOwn() {
        assertThat(program(width).nodes()).containsExactly(tokens, a, same, width);
        assertThat(program(unread).nodes()).containsExactly(unread);
        SOp mean = graph.aggregate(same, unread, Value.of(0));
        assertThat(program(mean).nodes()).containsExactly(tokens, unread, a, same, mean);
        assertThat(program(width).nodes()).containsExactly(tokens, a, same, width);
    }

    private RaspProgram program(SOp output) {
        return new RaspProgram(graph, output, "output", ImmutableMap.of(), false);
    }
}
