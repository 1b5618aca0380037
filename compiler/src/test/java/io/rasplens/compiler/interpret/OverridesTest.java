package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code double = 2 * hist}, read at the position before. */
class OverridesTest {
    private final Graph graph = new Graph();
    private final SOp tokens = graph.tokens(TokenConversion.ASIS);
    private final SOp hist = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));
    private final SOp twice =
            graph.elementwise(new Operator.Binary(Operator.BinaryKind.TIMES), hist, graph.constant(Value.of(2)));
    private final SOp before = graph.elementwise(
            new Operator.Binary(Operator.BinaryKind.MINUS), graph.indices(), graph.constant(Value.of(1)));
    private final SOp moved =
            graph.aggregate(graph.select(graph.indices(), before, Comparison.EQUAL), twice, Value.of(0));
    private final ImmutableList<Value> input = ImmutableList.of(Value.of("a"), Value.of("b"), Value.of("a"));

    private static List<Value> ints(long... values) {
        return LongStream.of(values).mapToObj(Value::of).toList();
    }

    @Test
    void whatReadsTheSopReadsTheGivenValueAndNothingElseChanges() throws EvaluationException {
        Overrides seven = Overrides.NONE.with(hist, 0, Value.of(7));

        assertThat(Interpreter.evaluate(moved, input, false)).isEqualTo(ints(0, 4, 2));
        assertThat(Interpreter.evaluate(moved, input, false, seven)).isEqualTo(ints(0, 14, 2));
        Trace trace = Interpreter.trace(List.of(moved), input, false, seven);
        assertThat(trace.values(hist).orElseThrow()).isEqualTo(ints(7, 1, 2));
        assertThat(trace.values(tokens).orElseThrow()).isEqualTo(input);
    }

    @Test
    void theLaterOfTwoForOnePlaceCountsAndTheFirstStaysAsItWas() throws EvaluationException {
        Overrides first = Overrides.NONE.with(hist, 1, Value.of(3));
        Overrides second = first.with(hist, 1, Value.of(5)).with(twice, 0, Value.of(100));

        assertThat(Interpreter.evaluate(moved, input, false, second)).isEqualTo(ints(0, 100, 10));
        assertThat(Interpreter.evaluate(moved, input, false, first)).isEqualTo(ints(0, 4, 6));
        assertThat(Overrides.NONE.isEmpty()).isTrue();
        assertThat(second.isEmpty()).isFalse();
    }

    @Test
    void theOutputItselfCanBeGiven() throws EvaluationException {
        assertThat(Interpreter.evaluate(moved, input, false, Overrides.NONE.with(moved, 2, Value.of(9))))
                .isEqualTo(ints(0, 4, 9));
    }

    @Test
    void whatHasNoPlaceIsSaid() {
        assertThat(catchThrowableOfType(
                        EvaluationException.class,
                        () -> Interpreter.evaluate(moved, input, false, Overrides.NONE.with(hist, 3, Value.of(1)))))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(EvaluationCode.INDEX_OUT_OF_RANGE);
                    assertThat(e.message()).contains("position 3", "3 tokens");
                    assertThat(e.node()).contains(hist);
                });
        assertThat(catchThrowableOfType(
                                EvaluationException.class,
                                () -> Interpreter.evaluate(
                                        moved, input, false, Overrides.NONE.with(hist, 1, Value.of("x"))))
                        .code())
                .isEqualTo(EvaluationCode.MIXED_SEQUENCE);
        assertThatThrownBy(() -> Overrides.NONE.with(hist, -1, Value.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
