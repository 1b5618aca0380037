package io.rasplens.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each function of the library against plain Java, on every input of up to five of three tokens (numbers 0, 1, 2). */
class LibraryModelTest {
    private static final int TOKENS = 3;
    private static final int LONGEST = 5;

    /** What the function gives at position i of the input x. */
    private interface Model {
        Value at(int[] x, int i);
    }

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    private enum LibraryCase {
        LENGTH("length", (x, i) -> Value.of(x.length)),
        FULL("selector_width(full_s)", (x, i) -> Value.of(x.length)),
        WIDTH(
                "selector_width(select(t, t, <))",
                (x, i) -> Value.of(IntStream.of(x).filter(k -> k < x[i]).count())),
        FOCUS("has_focus(select(t, t, <))", (x, i) -> Value.of(IntStream.of(x).anyMatch(k -> k < x[i]))),
        COUNT("count(t, 1)", (x, i) -> Value.of(equal(x, 1))),
        COUNT_OWN("count(t, t)", (x, i) -> Value.of(x.length)),
        COUNT_PAIRED("count(t, indices)", (x, i) -> Value.of(fixed(x))),
        CONTAINS("contains(t, 1)", (x, i) -> Value.of(equal(x, 1) > 0)),
        CONTAINS_NEXT("contains(t, t + 1)", (x, i) -> Value.of(false)),
        CONTAINS_PAIRED("contains(t, indices)", (x, i) -> Value.of(fixed(x) > 0)),
        MAX("max(t, indices)", (x, i) -> Value.of(Math.max(x[i], i))),
        MIN("min(t, indices)", (x, i) -> Value.of(Math.min(x[i], i))),
        AVERAGE("average(t)", (x, i) -> x.length == 1 ? Value.of(x[0]) : Value.of(sum(x) / x.length)),
        LOAD("load_from_location(t, 1)", (x, i) -> Value.of(valueAt(x, 1, 0))),
        LOAD_OWN("load_from_location(t, t + 1)", (x, i) -> Value.of(valueAt(x, x[i] + 1, 0))),
        SHIFT("shift(t, 2, 9)", (x, i) -> Value.of(valueAt(x, i - 2, 9))),
        SHIFT_LEFT("shift(t, 0 - 1, 9)", (x, i) -> Value.of(valueAt(x, i + 1, 9))),
        LAST("mark_last_instance(t, 1)", (x, i) -> Value.of(i == last(x, 1))),
        FIRST("mark_first_instance(t, 1)", (x, i) -> Value.of(i == first(x, 1, 0))),
        FROM_LAST("aggregate(select_from_last(t, 1), indices, 9)", (x, i) -> Value.of(orNine(last(x, 1)))),
        FROM_FIRST("aggregate(select_from_first(t, 1), indices, 9)", (x, i) -> Value.of(orNine(first(x, 1, 0)))),
        SORT("sort(t, t)", (x, i) -> Value.of(IntStream.of(x).sorted().toArray()[i])),
        SORT_STABLE("sort(indices, 0 - t)", (x, i) -> Value.of(order(x).get(i))),
        NEXT("aggregate(select_next_identical(t), indices, 9)", (x, i) -> Value.of(orNine(first(x, x[i], i + 1))));

        private final String expression;
        private final Model model;

        LibraryCase(String expression, Model model) {
            this.expression = expression;
            this.model = model;
        }

        private static long equal(int[] x, int value) {
            return IntStream.of(x).filter(each -> each == value).count();
        }

        /** At how many positions the token is the position itself. */
        private static long fixed(int[] x) {
            return IntStream.range(0, x.length).filter(i -> x[i] == i).count();
        }

        private static double sum(int[] x) {
            return IntStream.of(x).sum();
        }

        private static int valueAt(int[] x, int position, int otherwise) {
            return position >= 0 && position < x.length ? x[position] : otherwise;
        }

        private static int first(int[] x, int value, int from) {
            return IntStream.range(from, x.length)
                    .filter(i -> x[i] == value)
                    .findFirst()
                    .orElse(-1);
        }

        private static int last(int[] x, int value) {
            return IntStream.range(0, x.length).filter(i -> x[i] == value).max().orElse(-1);
        }

        private static int orNine(int position) {
            return position < 0 ? 9 : position;
        }

        /** Positions by falling value; equal ones keep their order. */
        private static List<Integer> order(int[] x) {
            List<Integer> positions =
                    new ArrayList<>(IntStream.range(0, x.length).boxed().toList());
            positions.sort(Comparator.comparingInt(i -> -x[i]));
            return positions;
        }
    }

    @ParameterizedTest
    @EnumSource(LibraryCase.class)
    void agreesWithPlainJavaOnAllSmallInputs(LibraryCase each) throws EvaluationException {
        var meaning = (Meaning.Sequence) SmallPrograms.meaning("t = tokens_int; x = " + each.expression + ";", "x");
        for (int length = 1; length <= LONGEST; length++) {
            for (int number = 0; number < Math.pow(TOKENS, length); number++) {
                int[] input = digits(number, length);
                List<Value> expected = IntStream.range(0, length)
                        .mapToObj(i -> each.model.at(input, i))
                        .toList();
                List<Value> tokens = IntStream.of(input).mapToObj(Value::of).toList();
                assertThat(Interpreter.evaluate(meaning.node(), tokens, false))
                        .as("%s on %s", each.expression, tokens)
                        .isEqualTo(expected);
            }
        }
    }

    private static int[] digits(int number, int length) {
        var digits = new int[length];
        for (int i = 0, rest = number; i < length; i++, rest /= TOKENS) {
            digits[i] = rest % TOKENS;
        }
        return digits;
    }
}
