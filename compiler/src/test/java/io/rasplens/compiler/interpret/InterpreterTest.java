package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterpreterTest {
    private final Graph graph = new Graph();
    private final SOp asis = graph.tokens(TokenConversion.ASIS);
    private final SOp indices = graph.indices();
    private final Selector full = select(constant(Value.of(1)), constant(Value.of(1)), Comparison.EQUAL);

    private SOp constant(Value value) {
        return graph.constant(value);
    }

    private Selector select(SOp key, SOp query, Comparison comparison) {
        return graph.select(key, query, comparison);
    }

    private SOp binary(Operator.BinaryKind kind, SOp left, SOp right) {
        return graph.elementwise(new Operator.Binary(kind), left, right);
    }

    private static ImmutableList<Value> ints(long... values) {
        ImmutableList.Builder<Value> out = ImmutableList.builder();
        for (long value : values) {
            out.add(Value.of(value));
        }
        return out.build();
    }

    private static ImmutableList<Value> floats(double... values) {
        ImmutableList.Builder<Value> out = ImmutableList.builder();
        for (double value : values) {
            out.add(Value.of(value));
        }
        return out.build();
    }

    private static ImmutableList<Value> strings(String text) {
        return text.codePoints()
                .mapToObj(point -> Value.of(Character.toString(point)))
                .collect(ImmutableList.toImmutableList());
    }

    private static EvaluationException failure(SOp sop, List<Value> input) {
        return catchThrowableOfType(EvaluationException.class, () -> Interpreter.evaluate(sop, input, false));
    }

    @Test
    void selectComparesKeyWithQuery() throws EvaluationException {
        SelectorMatrix before = Interpreter.evaluate(select(indices, indices, Comparison.LESS), strings("abc"), false);
        assertThat(before).hasToString("000\n100\n110\n");
        assertThat(before.width(2)).isEqualTo(2);
        assertThat(before.keys(2)).containsExactly(0, 1);
    }

    /** Whatever kinds meet, {@code ==} is what {@code !=} is not: ints and strings are looked up, the rest is compared. */
    @Test
    void equalityIsThatOfRaspWhateverTheKinds() throws EvaluationException {
        List<ImmutableList<Value>> columns = List.of(
                ints(0, 1, 2, 1),
                ints(1L << 40, 1, 1L << 40, 0),
                floats(1, 0.5, -0.0, 2),
                floats(1L << 40, Double.NaN, 0, 1),
                strings("01aa"),
                ImmutableList.of(Value.of(true), Value.of(false), Value.of(1), Value.of(2)));
        for (ImmutableList<Value> keys : columns) {
            for (ImmutableList<Value> queries : columns) {
                SOp key = graph.elementwise(new Operator.ListLookup(keys), indices);
                SOp query = graph.elementwise(new Operator.ListLookup(queries), indices);
                SelectorMatrix same =
                        Interpreter.evaluate(select(key, query, Comparison.EQUAL), strings("abcd"), false);
                for (int q = 0; q < 4; q++) {
                    for (int k = 0; k < 4; k++) {
                        assertThat(same.selects(q, k))
                                .as("%s == %s", keys.get(k), queries.get(q))
                                .isEqualTo(keys.get(k).raspEquals(queries.get(q)));
                    }
                }
            }
        }
    }

    @Test
    void causalHidesLaterKeysFromEverySelector() throws EvaluationException {
        Selector none = graph.not(full);
        assertThat(Interpreter.evaluate(full, strings("abc"), true)).hasToString("100\n110\n111\n");
        assertThat(Interpreter.evaluate(graph.not(none), strings("abc"), true)).hasToString("100\n110\n111\n");
        assertThat(Interpreter.evaluate(graph.not(graph.not(none)), strings("abc"), true))
                .hasToString("000\n000\n000\n");
        assertThat(Interpreter.evaluate(graph.selectorWidth(full), strings("abc"), true))
                .isEqualTo(ints(1, 2, 3));
    }

    @Test
    void rowsBeyondSixtyFourKeysAreRight() throws EvaluationException {
        ImmutableList<Value> input = strings("a".repeat(130));
        Selector odd = graph.or(
                select(indices, constant(Value.of(64)), Comparison.GREATER_EQUAL),
                select(indices, indices, Comparison.EQUAL));
        ImmutableList<Value> widths = Interpreter.evaluate(graph.selectorWidth(odd), input, false);
        assertThat(widths.get(0)).isEqualTo(Value.of(67));
        assertThat(widths.get(64)).isEqualTo(Value.of(66));
        assertThat(Interpreter.evaluate(graph.selectorWidth(graph.not(odd)), input, false)
                        .get(129))
                .isEqualTo(Value.of(64));
    }

    @Test
    void aggregateTakesDefaultValueOrMean() throws EvaluationException {
        Selector before = select(indices, indices, Comparison.LESS);
        assertThat(Interpreter.evaluate(graph.aggregate(before, asis, Value.of(7)), ints(1, 2, 4), false))
                .isEqualTo(ImmutableList.of(Value.of(7), Value.of(1), Value.of(1.5)));
        assertThat(Interpreter.evaluate(graph.aggregate(full, asis, Value.of(0)), floats(0.1, 0.2, 0.3), false))
                .isEqualTo(floats((0.1 + 0.2 + 0.3) / 3, (0.1 + 0.2 + 0.3) / 3, (0.1 + 0.2 + 0.3) / 3));
        ImmutableList<Value> mixedNumbers = ImmutableList.of(Value.of(true), Value.of(2));
        assertThat(Interpreter.evaluate(graph.aggregate(full, asis, Value.of(0)), mixedNumbers, false))
                .isEqualTo(floats(1.5, 1.5));
    }

    @Test
    void aMeanOfStringsShowsThem() {
        EvaluationException failure = failure(graph.aggregate(full, asis, Value.of("")), strings("ab"));
        assertThat(failure.code()).isEqualTo(EvaluationCode.MEAN_OF_NON_NUMBERS);
        assertThat(failure.position()).hasValue(0);
        assertThat(failure.notes()).contains("query position 0 selects 2 values: ['a', 'b']");
    }

    @Test
    void aMeanOfBoolsFailsWhicheverAreSelectedButOneBoolIsFine() throws EvaluationException {
        ImmutableList<Value> bools = ImmutableList.of(Value.of(true), Value.of(false));
        assertThat(failure(graph.aggregate(full, asis, Value.of(0)), bools).code())
                .isEqualTo(EvaluationCode.MEAN_OF_NON_NUMBERS);
        Selector same = select(indices, indices, Comparison.EQUAL);
        assertThat(Interpreter.evaluate(graph.aggregate(same, asis, Value.of(0)), bools, false))
                .isEqualTo(bools);
    }

    @Test
    void mixedSequencesAreRefusedWithTheirValues() {
        EvaluationException failure = failure(
                graph.aggregate(
                        select(
                                indices,
                                binary(Operator.BinaryKind.MINUS, indices, constant(Value.of(1))),
                                Comparison.EQUAL),
                        asis,
                        Value.of(0)),
                strings("ab"));
        assertThat(failure.code()).isEqualTo(EvaluationCode.MIXED_SEQUENCE);
        assertThat(failure.position()).hasValue(1);
        assertThat(failure.notes()).containsExactly("the values are [0, 'a']");
    }

    @Test
    void failuresNameNodeAndPosition() {
        SOp quotient = binary(Operator.BinaryKind.DIVIDE, constant(Value.of(1)), asis);
        EvaluationException failure = failure(quotient, ints(1, 0, 2));
        assertThat(failure.code()).isEqualTo(EvaluationCode.DIVISION_BY_ZERO);
        assertThat(failure.node()).hasValue(quotient);
        assertThat(failure.position()).hasValue(1);
    }

    @Test
    void branchesNotTakenStillFail() {
        SOp quotient = binary(Operator.BinaryKind.DIVIDE, constant(Value.of(1)), asis);
        SOp guarded = graph.elementwise(
                new Operator.Conditional(),
                binary(Operator.BinaryKind.EQUAL, asis, constant(Value.of(0))),
                asis,
                quotient);
        assertThat(failure(guarded, ints(1, 0)).code()).isEqualTo(EvaluationCode.DIVISION_BY_ZERO);
    }

    @Test
    void anEmptyInputIsRefused() {
        assertThat(failure(asis, List.of()).code()).isEqualTo(EvaluationCode.EMPTY_INPUT);
    }

    @Test
    void aTraceKeepsFailuresByNode() throws EvaluationException {
        SOp quotient = binary(Operator.BinaryKind.DIVIDE, constant(Value.of(1)), asis);
        SOp next = binary(Operator.BinaryKind.PLUS, quotient, constant(Value.of(1)));
        SOp other = binary(Operator.BinaryKind.PLUS, asis, constant(Value.of(1)));
        Trace trace = Interpreter.trace(List.of(next, other), ints(0), false);
        assertThat(trace.values(other)).hasValue(ints(1));
        assertThat(trace.values(next)).isEmpty();
        assertThat(trace.failure(next).flatMap(EvaluationException::node)).hasValue(quotient);
        assertThat(trace.nodes()).startsWith(asis).endsWith(other);
    }

    @Test
    void deepAndWideGraphsAreFast() throws EvaluationException {
        SOp deep = asis;
        for (int i = 0; i < 100_000; i++) {
            deep = binary(Operator.BinaryKind.PLUS, deep, constant(Value.of(1)));
        }
        assertThat(Interpreter.evaluate(deep, ints(1, 2), false)).isEqualTo(ints(100_001, 100_002));
    }

    @Test
    void grownStringsEndInADiagnostic() {
        SOp text = graph.tokens(TokenConversion.STR);
        for (int i = 0; i < 40; i++) {
            text = binary(Operator.BinaryKind.PLUS, text, text);
        }
        assertThat(failure(text, strings("ab")).code()).isEqualTo(EvaluationCode.TOO_LARGE);
    }
}
