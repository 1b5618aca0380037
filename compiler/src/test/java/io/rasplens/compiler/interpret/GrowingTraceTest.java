package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GrowingTraceTest {
    private static final ImmutableList<Value> INPUT = ImmutableList.of(Value.of(1), Value.of(2), Value.of(0));

    private final Graph graph = new Graph();

    private SOp binary(BinaryKind kind, SOp left, SOp right) {
        return graph.elementwise(new Operator.Binary(kind), left, right);
    }

    @Test
    @Timeout(20)
    void eachNodeOfALongChainIsComputedOnce() throws EvaluationException {
        var trace = new GrowingTrace(INPUT, false);
        SOp sum = graph.indices();
        for (int i = 0; i < 100_000; i++) {
            sum = binary(BinaryKind.PLUS, sum, graph.constant(Value.of(1)));
            assertThat(trace.failure(sum).isEmpty()).isTrue();
        }
    }

    @Test
    void aFailureIsThatOfWhateverIsMadeOfIt() throws EvaluationException {
        var trace = new GrowingTrace(INPUT, false);
        SOp tokens = graph.tokens(TokenConversion.INT);
        SOp quotient = binary(BinaryKind.DIVIDE, graph.constant(Value.of(1)), tokens);
        assertThat(trace.failure(tokens)).isEmpty();
        assertThat(trace.failure(quotient)).map(EvaluationException::code).contains(EvaluationCode.DIVISION_BY_ZERO);
        assertThat(trace.failure(binary(BinaryKind.PLUS, quotient, tokens)))
                .flatMap(EvaluationException::node)
                .contains(quotient);
    }

    @Test
    void whatEarlierNodesHoldIsNotHeldAgainstALaterOne() throws EvaluationException {
        var trace = new GrowingTrace(INPUT, false);
        Value large = Value.of("a".repeat(1 << 19));
        for (int i = 0; i < 100; i++) {
            SOp text = graph.constant(Value.of(large.repr().substring(0, (1 << 19) - i)));
            assertThat(trace.failure(text)).isEmpty();
        }
        SOp all = graph.constant(large);
        for (int i = 0; i < 60; i++) {
            all = binary(BinaryKind.PLUS, graph.constant(Value.of("" + i)), all);
        }
        SOp tooMuch = all;
        assertThatThrownBy(() -> trace.failure(tooMuch))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("too large");
    }
}
