package io.rasplens.compiler.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphPrinterTest {
    private final Graph graph = new Graph();
    private final SOp tokens = graph.tokens(TokenConversion.STR);
    private final SOp output = graph.aggregate(
            graph.select(
                    graph.indices(),
                    graph.elementwise(
                            new Operator.Binary(Operator.BinaryKind.MINUS),
                            graph.indices(),
                            graph.constant(Value.of(1))),
                    Comparison.EQUAL),
            tokens,
            Value.of("-"));

    private RaspProgram program(SOp sop) {
        return new RaspProgram(
                graph,
                sop,
                "previous",
                ImmutableMap.of(output, new NodeOrigin(Optional.of("previous"), Optional.empty())),
                false);
    }

    @Test
    void printsOneNodeALine() {
        assertThat(GraphPrinter.print(program(output), ImmutableList.copyOf(graph.nodes())))
                .isEqualTo("""
                        %0 = tokens_str
                        %1 = indices
                        %2 = constant 1
                        %3 = map - %1 %2
                        %4 = select %1 %3 ==
                        %5 = aggregate %4 %0 default '-'    ; previous
                        """);
    }

    @Test
    void acceptsASoundProgramAndNamesAForeignOutput() {
        assertThat(GraphVerifier.verify(program(output))).isEmpty();
        assertThat(GraphVerifier.verify(program(new Graph().tokens(TokenConversion.INT))))
                .containsExactly("the output Tokens#0 is of another graph");
    }
}
