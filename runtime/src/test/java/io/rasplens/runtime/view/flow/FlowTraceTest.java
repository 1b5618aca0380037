package io.rasplens.runtime.view.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationCode;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import org.junit.jupiter.api.Test;

class FlowTraceTest {
    @Test
    void recordsSortLayerByLayer() {
        Flow flow = FlowTrace.trace(FlowPrograms.sort(), FlowPrograms.input("dacab"))
                .orThrow();
        assertThat(flow.boxes())
                .extracting(FlowBox::layer, FlowBox::title, FlowBox::expression)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "tokens", ""),
                        org.assertj.core.groups.Tuple.tuple(0, "indices", ""),
                        org.assertj.core.groups.Tuple.tuple(1, "smaller", "select(tokens, tokens, <)"),
                        org.assertj.core.groups.Tuple.tuple(
                                1, "equal_and_earlier", "select(tokens, tokens, ==) and select(indices, indices, <)"),
                        org.assertj.core.groups.Tuple.tuple(1, "①", "smaller or equal_and_earlier"),
                        org.assertj.core.groups.Tuple.tuple(1, "place", "selector_width(①)"),
                        org.assertj.core.groups.Tuple.tuple(2, "②", "select(place, indices, ==)"),
                        org.assertj.core.groups.Tuple.tuple(2, "in_order", "aggregate(②, tokens)"));
        assertThat(flow.layers()).isEqualTo(2);
        assertThat(values(flow, "place")).isEqualTo("[4, 0, 3, 1, 2] (ints)");
        assertThat(values(flow, "in_order")).isEqualTo("[a, a, b, c, d] (strings)");
    }

    @Test
    void arrowsSayWhatTheReaderDoes() {
        Flow flow =
                FlowTrace.trace(FlowPrograms.sort(), FlowPrograms.input("ab")).orThrow();
        assertThat(flow.arrows())
                .containsExactly(
                        new FlowArrow(0, 2, FlowArrow.ArrowRole.KEY),
                        new FlowArrow(0, 2, FlowArrow.ArrowRole.QUERY),
                        new FlowArrow(0, 3, FlowArrow.ArrowRole.KEY),
                        new FlowArrow(0, 3, FlowArrow.ArrowRole.QUERY),
                        new FlowArrow(1, 3, FlowArrow.ArrowRole.KEY),
                        new FlowArrow(1, 3, FlowArrow.ArrowRole.QUERY),
                        new FlowArrow(2, 4, FlowArrow.ArrowRole.SELECTOR),
                        new FlowArrow(3, 4, FlowArrow.ArrowRole.SELECTOR),
                        new FlowArrow(4, 5, FlowArrow.ArrowRole.SELECTOR),
                        new FlowArrow(1, 6, FlowArrow.ArrowRole.QUERY),
                        new FlowArrow(5, 6, FlowArrow.ArrowRole.KEY),
                        new FlowArrow(0, 7, FlowArrow.ArrowRole.VALUE),
                        new FlowArrow(6, 7, FlowArrow.ArrowRole.SELECTOR));
    }

    /** A name may be bound several times: the box that is marked as the answer is what the flow is of, not what is called so. */
    @Test
    void theOutputIsOneBoxWhateverElseIsCalledSo() {
        var p = new FlowPrograms();
        SOp first = p.named("x", p.graph.selectorWidth(p.graph.select(p.tokens, p.tokens, Comparison.EQUAL)));
        SOp second = p.named("x", p.graph.selectorWidth(p.graph.select(first, first, Comparison.LESS)));
        Flow flow = FlowTrace.trace(p.program("x", second), FlowPrograms.input("aab"))
                .orThrow();

        assertThat(flow.boxes()).extracting(FlowBox::title).contains("x");
        assertThat(flow.boxes().stream().filter(flow::isOutput).map(FlowBox::layer))
                .containsExactly(2);
        assertThat(flow.byLayer().get(0).boxes()).noneMatch(flow.byLayer().get(0)::isOutput);
        assertThat(flow.byLayer().get(1).boxes().stream().filter(flow.byLayer().get(1)::isOutput))
                .hasSize(1);
        assertThat(FlowDot.draw(flow)).containsOnlyOnce("border=\"2\"");
    }

    @Test
    void rowsAreQueriesAndColumnsKeys() {
        Flow flow =
                FlowTrace.trace(FlowPrograms.sort(), FlowPrograms.input("ba")).orThrow();
        var smaller = (FlowBox.GridBox) flow.boxes().get(2);
        assertThat(smaller.rows()).containsExactly(ImmutableList.of(false, true), ImmutableList.of(false, false));
        assertThat(smaller.keys()).isEmpty();
        var place = (FlowBox.GridBox) flow.boxes().get(6);
        assertThat(place.keys()).containsExactly(Value.of(1), Value.of(0));
        assertThat(place.queries()).containsExactly(Value.of(0), Value.of(1));
    }

    @Test
    void dyck2HasFourLayers() {
        Flow flow = FlowTrace.trace(FlowPrograms.dyck2(), FlowPrograms.input("({)}"))
                .orThrow();
        assertThat(flow.layers()).isEqualTo(4);
        assertThat(values(flow, "dyck2_ptf")).isEqualTo("[P, P, F, F] (strings)");
    }

    @Test
    void reboundNamesAreNumbered() {
        var p = new FlowPrograms();
        SOp x = p.indices;
        for (int i = 1; i <= 3; i++) {
            x = p.named("x", p.binary(Operator.BinaryKind.PLUS, x, p.constant(i)));
        }
        Flow flow = FlowTrace.trace(p.program("x", x), FlowPrograms.input("ab")).orThrow();
        assertThat(flow.boxes()).extracting(FlowBox::title).containsExactly("indices", "x·1", "x·2", "x");
        assertThat(flow.boxes()).extracting(FlowBox::expression).endsWith("x·1 + 2", "x·2 + 3");
    }

    @Test
    void manyNamesAreFoldedAndDeepGraphsDontOverflow() {
        var p = new FlowPrograms();
        SOp x = p.indices;
        for (int i = 0; i < 50_000; i++) {
            x = p.named("x", p.binary(Operator.BinaryKind.PLUS, x, p.constant(1)));
        }
        Flow flow =
                FlowTrace.trace(p.program("deep", x), FlowPrograms.input("ab")).orThrow();
        assertThat(flow.boxes()).extracting(FlowBox::title).containsExactly("indices", "deep");
        assertThat(flow.folded()).isEqualTo(49_999);
        assertThat(flow.arrows()).containsExactly(new FlowArrow(0, 1, FlowArrow.ArrowRole.ARGUMENT));
        assertThat(flow.boxes().get(1).expression()).contains("…").hasSizeLessThan(61);
    }

    @Test
    void tooLongAnInputIsRefused() {
        Result<Flow> result = FlowTrace.trace(FlowPrograms.sort(), FlowPrograms.input("a".repeat(65)));
        assertThat(result.diagnostics()).extracting(d -> d.code().id()).containsExactly("E1001");
    }

    @Test
    void tooManyHeadsAreRefused() {
        var p = new FlowPrograms();
        SOp x = p.indices;
        for (int i = 0; i < 100; i++) {
            x = p.graph.selectorWidth(p.graph.select(x, p.tokens, Comparison.NOT_EQUAL));
        }
        Result<Flow> result = FlowTrace.trace(p.program("x", x), FlowPrograms.input("ab"));
        assertThat(result.diagnostics()).extracting(d -> d.code().id()).containsExactly("E1002");
    }

    @Test
    void aFailureOnTheInputIsReported() {
        var p = new FlowPrograms();
        SOp x = p.binary(Operator.BinaryKind.DIVIDE, p.constant(1), p.indices);
        assertThat(FlowTrace.trace(p.program("x", x), FlowPrograms.input("ab")).diagnostics())
                .extracting(d -> d.code().id())
                .containsExactly(EvaluationCode.DIVISION_BY_ZERO.id());
        assertThat(FlowTrace.trace(p.program("x", x), ImmutableList.of()).diagnostics())
                .extracting(d -> d.code().id())
                .containsExactly(EvaluationCode.EMPTY_INPUT.id());
    }

    private static String values(Flow flow, String title) {
        return flow.boxes().stream()
                .filter(box -> box.title().equals(title))
                .map(box -> SequenceForm.of(((FlowBox.SequenceBox) box).values()))
                .findFirst()
                .orElseThrow();
    }
}
