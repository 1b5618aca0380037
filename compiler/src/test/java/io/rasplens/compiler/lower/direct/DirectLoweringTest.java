package io.rasplens.compiler.lower.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.Forward;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DirectLoweringTest {
    private final Graph graph = new Graph();
    private final SOp indices = graph.indices();
    private final SOp tokens = graph.tokens(TokenConversion.ASIS);
    private final SOp length = graph.selectorWidth(graph.select(constant(1), constant(1), Comparison.EQUAL));

    @Test
    void reverseHasTracrsShapeAndLabels() {
        CompiledModel model = check(reverse(), numbers(3), 5);

        assertShape(model, 4, 1, 12, 30, 41);
        assertThat(model.labels().stream().map(ResidualLabel::sop).distinct())
                .containsExactly(
                        "indices",
                        "map_1",
                        "one",
                        "out",
                        "selector_width_1",
                        "selector_width_1_selector_width_attn_output",
                        "sequence_map_1",
                        "tokens_asis");
        assertThat(model.labels().get(0).text()).isEqualTo("indices=0");
        assertThat(model.decoder().orElseThrow())
                .isEqualTo(new io.rasplens.compiler.model.OutputDecoder.Categorical(numbers(3)));
    }

    @Test
    void reverseOfFourTokens() {
        assertShape(check(reverse(), numbers(4), 5), 4, 1, 12, 30, 43);
    }

    @Test
    void histogram() {
        SOp hist = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));

        assertShape(check(hist, letters(4), 6), 1, 1, 6, 14, 21);
    }

    @Test
    void histogramOfFive() {
        SOp hist = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));

        assertShape(check(hist, letters(4), 5), 1, 1, 6, 12, 19);
    }

    @Test
    void sortOfUniqueLetters() {
        assertShape(check(sortUnique(tokens), letters(4), 5), 2, 1, 7, 12, 23);
    }

    @Test
    void sortOfUniqueNumbersStaysCategorical() {
        assertShape(check(sortUnique(tokens), numbers(4), 5), 2, 1, 7, 12, 23);
    }

    @Test
    void sortWithTies() {
        SOp key = binary(BinaryKind.PLUS, tokens, binary(BinaryKind.DIVIDE, indices, constant(5)));
        assertShape(check(sortUnique(key), numbers(4), 5), 3, 1, 22, 20, 43);
    }

    @Test
    void shareOfPreviousTokens() {
        assertShape(check(share("a"), letters(4), 5), 2, 1, 7, 1, 14);
    }

    @Test
    void pairBalanceIsSigned() {
        SOp balance = binary(BinaryKind.MINUS, share("a"), share("b"));

        assertShape(check(balance, letters(5), 10, 300), 2, 2, 12, 4, 23);
    }

    @Test
    void negativeNumbersPass() {
        SOp shifted = binary(BinaryKind.MINUS, indices, constant(2));
        SOp mean = graph.aggregate(graph.select(indices, indices, Comparison.LESS_EQUAL), shifted, Value.of(-7));

        check(mean, letters(2), 6);
        check(graph.elementwise(new Operator.Unary(UnaryKind.NEGATE), mean), letters(2), 6);
        check(binary(BinaryKind.LESS, mean, constant(0)), letters(2), 6);
    }

    @Test
    void defaultsOfAllKinds() {
        Selector next = graph.select(indices, binary(BinaryKind.PLUS, indices, constant(1)), Comparison.EQUAL);

        for (Value fallback :
                List.of(Value.of("a"), Value.of("?"), Value.of(0), Value.of(2.5), Value.of(true), Value.of(-3))) {
            SOp shifted = graph.aggregate(next, tokens, fallback);
            check(shifted, letters(3), 4);
            check(shifted, numbers(3), 4);
            check(graph.aggregate(next, shifted, fallback), numbers(3), 4);
            check(graph.selectorWidth(graph.select(shifted, shifted, Comparison.EQUAL)), letters(3), 4);
        }
    }

    @Test
    void whatIsLeftAtBosHarmsNobody() {
        // Where nothing is selected the head writes True, also at BOS; a count of True must not see that one.
        Selector next = graph.select(indices, binary(BinaryKind.PLUS, indices, constant(1)), Comparison.EQUAL);
        SOp flag = graph.aggregate(next, binary(BinaryKind.EQUAL, tokens, constant("a")), Value.of(true));
        SOp count = graph.selectorWidth(graph.select(flag, constant(true), Comparison.EQUAL));
        SOp number = graph.aggregate(next, indices, Value.of(5));
        SOp mean = graph.aggregate(graph.select(flag, flag, Comparison.EQUAL), number, Value.of(0));

        check(count, letters(2), 5);
        check(mean, letters(2), 5);
        check(binary(BinaryKind.PLUS, mean, number), letters(2), 5);
    }

    @Test
    void residualAtBosIsTheSameForAllInputs() {
        SOp mean = graph.aggregate(graph.select(tokens, tokens, Comparison.LESS), indices, Value.of(3));
        SOp count = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));
        SOp both = binary(BinaryKind.PLUS, mean, count);
        CompiledModel model = compile(both, numbers(3), 6);
        var forward = new Forward(model);
        int layers = model.config().nLayers();
        double[] first = forward.residual(List.of(Value.of(1)), layers, false)[0];

        for (List<Value> input : Differential.inputs(target(both, numbers(3), 6), 2000, 1)) {
            assertThat(forward.residual(input, layers, false)[0]).isEqualTo(first);
        }
    }

    @Test
    void everyComparison() {
        for (Comparison comparison : Comparison.values()) {
            check(graph.selectorWidth(graph.select(tokens, indices, comparison)), numbers(3), 4);
            check(graph.aggregate(graph.select(tokens, tokens, comparison), indices, Value.of(-1)), numbers(3), 4);
        }
    }

    @Test
    void causal() {
        SOp count = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));

        check(count, letters(3), 5, 400, true);
        check(length, letters(3), 5, 400, true);
        check(reverse(), numbers(3), 5, 400, true);
    }

    @Test
    void numbersBecomeCategoriesWhereSelectorsReadThem() {
        SOp mean = share("a");

        check(graph.selectorWidth(graph.select(mean, mean, Comparison.EQUAL)), letters(2), 5);
        check(binary(BinaryKind.TIMES, mean, indices), letters(2), 5);
    }

    @Test
    void aNumberThatIsAlwaysZero() {
        SOp mean = graph.aggregate(graph.select(tokens, tokens, Comparison.EQUAL), indices, Value.of(0));
        SOp zero = binary(BinaryKind.MINUS, mean, mean);

        check(binary(BinaryKind.PLUS, zero, mean), letters(2), 5);
    }

    @Test
    void negativeZeroIsZero() {
        SOp product =
                binary(BinaryKind.TIMES, binary(BinaryKind.MINUS, indices, graph.constant(Value.of(0.5))), indices);

        check(product, letters(1), 4);
    }

    @Test
    void sumsOfFloatsAreNotComparedWithinRounding() {
        ImmutableList<Value> tenths = ImmutableList.of(Value.of(0.1), Value.of(0.2));
        SOp mean = graph.aggregate(graph.select(indices, indices, Comparison.LESS_EQUAL), tokens, Value.of(0));
        SOp exact = binary(BinaryKind.EQUAL, mean, graph.constant(Value.of(0.15)));

        assertThat(new DirectLowering().lower(target(exact, tenths, 4)).diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(CompileCode.VALUES_TOO_CLOSE));
    }

    @Test
    void longChainsOfFunctionsDoNotGatherNoise() {
        SOp count = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));
        SOp chain = count;
        for (int i = 0; i < 120; i++) {
            SOp even = binary(BinaryKind.EQUAL, binary(BinaryKind.MODULO, chain, constant(2)), constant(0));
            chain = graph.elementwise(new Operator.Conditional(), even, count, chain);
        }

        check(chain, letters(2), 5, 60);
    }

    @Test
    void functionsOfThreeVariables() {
        SOp flag = binary(BinaryKind.EQUAL, tokens, constant(1));
        SOp chosen = graph.elementwise(new Operator.Conditional(), flag, indices, length);

        check(chosen, numbers(3), 4);
    }

    @Test
    void constantsAndEmbeddingsAlone() {
        check(constant("x"), letters(2), 3);
        check(indices, letters(2), 3);
        check(tokens, letters(2), 3);
        check(binary(BinaryKind.PLUS, indices, constant(1)), letters(2), 3);
        check(
                graph.aggregate(graph.select(constant(1), constant(2), Comparison.EQUAL), constant(5), Value.of(7)),
                letters(2),
                3);
    }

    @Test
    void conversionsOfTokensStandSideBySide() {
        ImmutableList<Value> digits = ImmutableList.of(Value.of("0"), Value.of("1"), Value.of("12"));
        SOp number = graph.tokens(TokenConversion.INT);
        SOp text = graph.tokens(TokenConversion.STR);
        SOp sum = graph.aggregate(graph.select(text, text, Comparison.LESS_EQUAL), number, Value.of(0));

        check(sum, digits, 4);
    }

    @Test
    void tokensSpelledLikeSpecials() {
        SOp hist = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));

        check(hist, ImmutableList.of(Value.of("BOS"), Value.of("PAD"), Value.of("a")), 4);
    }

    @Test
    void lengthIsExactAtSixtyFour() {
        check(length, letters(2), 64, 200);
        check(graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL)), letters(3), 100, 200);
    }

    @Test
    void reverseIsExactAtTwentyFour() {
        check(reverse(), numbers(3), 24, 200);
    }

    @Test
    void sortWithTiesIsExactAtSixteen() {
        SOp key = binary(BinaryKind.PLUS, tokens, binary(BinaryKind.DIVIDE, indices, constant(16)));

        check(sortUnique(key), numbers(16), 16, 200);
    }

    @Test
    void selectorLogicIsOneHeadOverJointOneHots() {
        Selector both = graph.and(
                graph.select(tokens, tokens, Comparison.EQUAL), graph.select(indices, indices, Comparison.LESS));
        CompiledModel model = check(graph.selectorWidth(both), letters(2), 4);

        // Tokens and positions together are 8 directions, for keys and queries alike.
        assertShape(model, 2, 1, 10, 10, 2 + 2 + 4 + 1 + 8 + 1 + 5);
        assertThat(model.labels().stream().map(ResidualLabel::text))
                .contains("tokens_asis_and_indices=\"('a', 0)\"", "tokens_asis_and_indices=\"('b', 3)\"");
    }

    @Test
    void selectorsOfOneVariableNeedNoJointOneHot() {
        SOp next = binary(BinaryKind.PLUS, indices, constant(1));
        Selector around = graph.or(
                graph.select(indices, next, Comparison.EQUAL),
                graph.not(graph.select(indices, indices, Comparison.GREATER_EQUAL)));

        CompiledModel model = check(graph.aggregate(around, indices, Value.of(-1)), letters(2), 5);

        assertThat(model.config().nLayers()).isEqualTo(1);
    }

    @Test
    void selectorsOfEveryMakeAreRight() {
        Selector same = graph.select(tokens, tokens, Comparison.EQUAL);
        Selector first = graph.select(indices, constant(0), Comparison.EQUAL);
        Selector never = graph.select(constant(1), constant(2), Comparison.EQUAL);
        SOp count = graph.selectorWidth(graph.or(same, first));
        Selector byCount = graph.and(
                graph.select(count, indices, Comparison.GREATER),
                graph.not(graph.select(tokens, count, Comparison.LESS)));
        for (Selector selector : List.of(
                graph.or(same, first),
                graph.not(same),
                graph.and(same, graph.not(first)),
                graph.or(never, first),
                graph.and(never, same),
                graph.not(never),
                byCount,
                graph.or(byCount, same))) {
            check(graph.selectorWidth(selector), numbers(3), 4, 400);
            check(graph.aggregate(selector, indices, Value.of(-1)), numbers(3), 4, 400);
            check(graph.selectorWidth(selector), numbers(3), 4, 400, true);
        }
    }

    @Test
    void jointOneHotsThatAreTooWideAreOutside() {
        Selector both = graph.and(
                graph.select(tokens, tokens, Comparison.EQUAL), graph.select(indices, indices, Comparison.LESS));
        SOp count = graph.selectorWidth(both);

        assertThat(new DirectLowering().lower(target(count, letters(5), 1000)).diagnostics())
                .singleElement()
                .satisfies(d -> {
                    assertThat(d.code()).isEqualTo(CompileCode.OUTSIDE_DIRECT);
                    assertThat(d.message()).contains("'out'").contains("has 5", "has 1000", "1024");
                    assertThat(d.help()).hasValueSatisfying(h -> assertThat(h).contains("-O1"));
                });
    }

    @Test
    void aMeanThatMayBeTrueIsOutside() {
        SOp flag = binary(BinaryKind.EQUAL, indices, constant(0));
        SOp mixed = graph.elementwise(new Operator.Conditional(), flag, flag, constant(1));
        Selector all = graph.select(constant(1), constant(1), Comparison.EQUAL);

        assertThat(new DirectLowering()
                        .lower(target(graph.aggregate(all, mixed, Value.of(0)), letters(1), 3))
                        .diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(CompileCode.OUTSIDE_DIRECT));
    }

    @Test
    void tooManyCombinationsAreRefused() {
        assertThat(new DirectLowering()
                        .lower(target(reverse(), letters(2), 1000))
                        .diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(CompileCode.TOO_MANY_UNITS));
    }

    @Test
    void compilingTwiceGivesTheSame() {
        CompiledModel first = compile(reverse(), numbers(3), 5);
        CompiledModel second = compile(reverse(), numbers(3), 5);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void everythingHasAnOrigin() {
        CompiledModel model = compile(reverse(), numbers(3), 5);

        assertThat(model.provenance().dimensions()).hasSize(model.config().dModel());
        assertThat(model.provenance().heads().get(3)).hasSize(1);
        assertThat(model.provenance().neurons().get(0)).hasSize(12);
        assertThat(model.readouts()).hasSize(1);
    }

    private SOp reverse() {
        SOp opposite = binary(BinaryKind.MINUS, binary(BinaryKind.MINUS, length, indices), constant(1));
        return graph.aggregate(graph.select(indices, opposite, Comparison.EQUAL), tokens, Value.of(0));
    }

    private SOp sortUnique(SOp key) {
        SOp rank = graph.selectorWidth(graph.select(key, key, Comparison.LESS));
        return graph.aggregate(graph.select(rank, indices, Comparison.EQUAL), tokens, Value.of(0));
    }

    private SOp share(String token) {
        SOp flag = graph.elementwise(
                new Operator.Unary(UnaryKind.INDICATOR), binary(BinaryKind.EQUAL, tokens, constant(token)));
        return graph.aggregate(graph.select(indices, indices, Comparison.LESS_EQUAL), flag, Value.of(0));
    }

    private CompiledModel check(SOp output, ImmutableList<Value> vocabulary, int maxLength) {
        return check(output, vocabulary, maxLength, 2000);
    }

    private CompiledModel check(SOp output, ImmutableList<Value> vocabulary, int maxLength, int inputs) {
        return check(output, vocabulary, maxLength, inputs, false);
    }

    private CompiledModel check(
            SOp output, ImmutableList<Value> vocabulary, int maxLength, int inputs, boolean causal) {
        CompileTarget target = target(output, vocabulary, maxLength, causal);
        CompiledModel model = new DirectLowering().lower(target).orThrow();
        assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, inputs, 7)))
                .isEmpty();
        return model;
    }

    private CompiledModel compile(SOp output, ImmutableList<Value> vocabulary, int maxLength) {
        return new DirectLowering().lower(target(output, vocabulary, maxLength)).orThrow();
    }

    private CompileTarget target(SOp output, ImmutableList<Value> vocabulary, int maxLength) {
        return target(output, vocabulary, maxLength, false);
    }

    private CompileTarget target(SOp output, ImmutableList<Value> vocabulary, int maxLength, boolean causal) {
        return new CompileTarget(
                new RaspProgram(graph, output, "out", ImmutableMap.of(), causal), vocabulary, maxLength);
    }

    private static void assertShape(CompiledModel model, int layers, int heads, int dHead, int dMlp, int dModel) {
        TransformerConfig config = model.config();
        assertThat(List.of(config.nLayers(), config.nHeads(), config.dHead(), config.dMlp(), config.dModel()))
                .containsExactly(layers, heads, dHead, dMlp, dModel);
    }

    private static ImmutableList<Value> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Value> letters(int count) {
        return Stream.of("a", "b", "c", "d", "e").limit(count).map(Value::of).collect(ImmutableList.toImmutableList());
    }

    private SOp binary(BinaryKind kind, SOp left, SOp right) {
        return graph.elementwise(new Operator.Binary(kind), left, right);
    }

    private SOp constant(long value) {
        return graph.constant(Value.of(value));
    }

    private SOp constant(boolean value) {
        return graph.constant(Value.of(value));
    }

    private SOp constant(String value) {
        return graph.constant(Value.of(value));
    }
}
