package io.rasplens.compiler.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import org.junit.jupiter.api.Test;

class ValueInferenceTest {
    private static final ImmutableList<Value> LETTERS = ImmutableList.of(Value.of("a"), Value.of("b"), Value.of("c"));
    private static final ImmutableList<Value> NUMBERS = ImmutableList.of(Value.of(1), Value.of(2), Value.of(3));

    private final Graph graph = new Graph();
    private final SOp indices = graph.indices();
    private final SOp tokens = graph.tokens(TokenConversion.ASIS);
    private final SOp length = graph.selectorWidth(graph.select(constant(1), constant(1), Comparison.EQUAL));

    @Test
    void lengthAndIndexAreSeenTogether() {
        SOp opposite = binary(BinaryKind.MINUS, binary(BinaryKind.MINUS, length, indices), constant(1));

        assertThat(values(infer(opposite, NUMBERS, 4), opposite)).containsExactly(ints(0, 3));
    }

    @Test
    void oneTokenIsNeverTwo() {
        SOp isA = binary(BinaryKind.EQUAL, tokens, constant("a"));
        SOp isB = binary(BinaryKind.EQUAL, tokens, constant("b"));
        SOp both = binary(BinaryKind.AND, isA, isB);

        assertThat(values(infer(both, LETTERS, 3), both)).containsExactly(Value.of(false));
    }

    @Test
    void failingCombinationsDoNotCount() {
        SOp inverse = binary(BinaryKind.DIVIDE, constant(6), indices);

        assertThat(values(infer(inverse, LETTERS, 4), inverse))
                .containsExactly(Value.of(2.0), Value.of(3.0), Value.of(6.0));
    }

    @Test
    void meansOfFlagsAreFractions() {
        SOp flag = graph.elementwise(
                new Operator.Unary(Operator.UnaryKind.INDICATOR), binary(BinaryKind.EQUAL, tokens, constant("a")));
        SOp share = graph.aggregate(graph.select(indices, indices, Comparison.LESS_EQUAL), flag, Value.of(0));

        assertThat(values(infer(share, LETTERS, 3), share))
                .containsExactly(
                        Value.of(0),
                        Value.of(0.0),
                        Value.of(1.0 / 3),
                        Value.of(0.5),
                        Value.of(2.0 / 3),
                        Value.of(1),
                        Value.of(1.0));
    }

    /** One third less one half is no difference of means over the same keys, though it is one of fractions. */
    @Test
    void meansOverTheSameKeysHaveOneDenominator() {
        Selector upToHere = graph.select(indices, indices, Comparison.LESS_EQUAL);
        SOp difference = binary(BinaryKind.MINUS, share(upToHere, "a"), share(upToHere, "b"));

        assertThat(values(infer(difference, LETTERS, 3), difference).stream()
                        .mapToDouble(Values::toDouble)
                        .map(x -> Math.rint(60 * Math.abs(x)))
                        .distinct()
                        .sorted())
                .containsExactly(0.0, 20.0, 30.0, 40.0, 60.0);
    }

    private SOp share(Selector selector, String token) {
        SOp flag = graph.elementwise(
                new Operator.Unary(Operator.UnaryKind.INDICATOR), binary(BinaryKind.EQUAL, tokens, constant(token)));
        return graph.aggregate(selector, flag, Value.of(0));
    }

    @Test
    void mirroringSelectsExactlyOne() {
        SOp opposite = binary(BinaryKind.MINUS, binary(BinaryKind.MINUS, length, indices), constant(1));
        Selector mirror = graph.select(indices, opposite, Comparison.EQUAL);
        SOp reverse = graph.aggregate(mirror, tokens, Value.of(0));
        Inference inference = infer(reverse, NUMBERS, 5);

        assertThat(inference.atMostOne(mirror)).isTrue();
        assertThat(inference.neverEmpty(mirror)).isTrue();
        assertThat(values(inference, reverse)).containsExactlyElementsOf(NUMBERS);
    }

    @Test
    void ranksOfDistinctKeysAreAPermutation() {
        SOp key = binary(BinaryKind.PLUS, tokens, binary(BinaryKind.DIVIDE, indices, constant(5)));
        SOp rank = graph.selectorWidth(graph.select(key, key, Comparison.LESS));
        Selector owner = graph.select(rank, indices, Comparison.EQUAL);
        SOp sorted = graph.aggregate(owner, tokens, Value.of(0));
        Inference inference = infer(sorted, NUMBERS, 5);

        assertThat(inference.distinctAcrossPositions(key)).isTrue();
        assertThat(inference.permutation(rank)).isTrue();
        assertThat(inference.atMostOne(owner)).isTrue();
        assertThat(inference.neverEmpty(owner)).isTrue();
    }

    @Test
    void lexicographicRanksAreAPermutation() {
        Selector smaller = graph.select(tokens, tokens, Comparison.LESS);
        Selector tie = graph.and(
                graph.select(tokens, tokens, Comparison.EQUAL), graph.select(indices, indices, Comparison.LESS));
        SOp rank = graph.selectorWidth(graph.or(smaller, tie));

        assertThat(infer(rank, NUMBERS, 5).permutation(rank)).isTrue();
    }

    @Test
    void ownPositionBoundsTheWidth() {
        Selector before = graph.or(
                graph.select(tokens, tokens, Comparison.LESS),
                graph.and(
                        graph.select(tokens, tokens, Comparison.EQUAL),
                        graph.select(indices, indices, Comparison.LESS)));
        SOp later = graph.selectorWidth(graph.not(before));
        SOp notNext = graph.selectorWidth(
                graph.select(binary(BinaryKind.MINUS, indices, constant(1)), indices, Comparison.EQUAL));

        SOp rank = graph.selectorWidth(before);
        assertThat(values(infer(rank, NUMBERS, 5), rank)).containsExactly(ints(0, 4));
        assertThat(values(infer(later, NUMBERS, 5), later)).containsExactly(ints(1, 5));
        assertThat(values(infer(notNext, NUMBERS, 5), notNext)).containsExactly(ints(0, 1));
        // The token and the position aren't compared alike: the own position may be selected or not.
        SOp mixed = graph.selectorWidth(graph.select(tokens, indices, Comparison.NOT_EQUAL));
        assertThat(values(infer(mixed, NUMBERS, 5), mixed)).containsExactly(ints(0, 5));
    }

    @Test
    void ranksWithTiesSelectEqualTokens() {
        SOp rank = graph.selectorWidth(graph.select(tokens, tokens, Comparison.LESS));
        Selector owner = graph.select(rank, indices, Comparison.EQUAL);
        SOp sorted = graph.aggregate(owner, tokens, Value.of(0));
        Inference inference = infer(sorted, NUMBERS, 5);

        assertThat(inference.atMostOne(owner)).isFalse();
        assertThat(inference.selectsEqualValues(owner, tokens)).isTrue();
        assertThat(inference.selectsEqualValues(owner, indices)).isFalse();
    }

    @Test
    void causalRanksAreNoPermutation() {
        SOp key = binary(BinaryKind.PLUS, tokens, binary(BinaryKind.DIVIDE, indices, constant(5)));
        SOp rank = graph.selectorWidth(graph.select(key, key, Comparison.LESS));
        Inference inference = infer(rank, NUMBERS, 5, true);

        assertThat(inference.permutation(rank)).isFalse();
    }

    @Test
    void anSOpThatAlwaysFailsIsRefused() {
        SOp half = binary(BinaryKind.DIVIDE, graph.tokens(TokenConversion.INT), constant(2));

        assertThat(ValueInference.infer(target(half, LETTERS, 3, false)).diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(CompileCode.NO_VALUES));
    }

    @Test
    void stringsThatExplodeAreRefused() {
        SOp text = graph.aggregate(graph.select(indices, indices, Comparison.EQUAL), tokens, Value.of(""));
        SOp long2 = text;
        for (int i = 1; i < 5; i++) {
            SOp shifted = graph.aggregate(
                    graph.select(indices, binary(BinaryKind.MINUS, indices, constant(i)), Comparison.EQUAL),
                    tokens,
                    Value.of(""));
            long2 = binary(BinaryKind.PLUS, long2, binary(BinaryKind.PLUS, shifted, shifted));
        }
        ImmutableList<Value> alphabet = "abcdefghijklmnopqrstuvwxyz"
                .chars()
                .mapToObj(c -> Value.of(Character.toString(c)))
                .collect(ImmutableList.toImmutableList());

        assertThat(ValueInference.infer(target(long2, alphabet, 8, false)).diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(CompileCode.TOO_MANY_VALUES));
    }

    private Inference infer(SOp output, ImmutableList<Value> vocabulary, int maxLength) {
        return infer(output, vocabulary, maxLength, false);
    }

    private Inference infer(SOp output, ImmutableList<Value> vocabulary, int maxLength, boolean causal) {
        return ValueInference.infer(target(output, vocabulary, maxLength, causal))
                .orThrow();
    }

    private CompileTarget target(SOp output, ImmutableList<Value> vocabulary, int maxLength, boolean causal) {
        return new CompileTarget(
                new RaspProgram(graph, output, "out", ImmutableMap.of(), causal), vocabulary, maxLength);
    }

    private static ImmutableList<Value> values(Inference inference, SOp sop) {
        return ((ValueSet.Finite) inference.values(sop)).values();
    }

    private static Value[] ints(int low, int high) {
        return java.util.stream.IntStream.rangeClosed(low, high)
                .mapToObj(Value::of)
                .toArray(Value[]::new);
    }

    private SOp binary(BinaryKind kind, SOp left, SOp right) {
        return graph.elementwise(new Operator.Binary(kind), left, right);
    }

    private SOp constant(long value) {
        return graph.constant(Value.of(value));
    }

    private SOp constant(String value) {
        return graph.constant(Value.of(value));
    }
}
