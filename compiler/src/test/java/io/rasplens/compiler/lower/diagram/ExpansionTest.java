package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of conjunctions are the functions that they come from, on every combination of values. */
class ExpansionTest {
    private static final Operator GREATER = new Operator.Binary(BinaryKind.GREATER);
    private static final Operator OR = new Operator.Binary(BinaryKind.OR);
    private static final Operator AND = new Operator.Binary(BinaryKind.AND);

    private static final Variable TOKEN = new Variable.Input(ints(0, 2));
    private static final Variable INDEX = new Variable.Index(ints(0, 3));
    private static final Variable LENGTH = new Variable.Length(ints(0, 4));

    private final Diagrams diagrams = new Diagrams(ImmutableList.of(TOKEN, INDEX, LENGTH), 1 << 18);

    private static ImmutableList<Value> ints(int low, int high) {
        return IntStream.rangeClosed(low, high).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    private static int size(int level) {
        return List.of(TOKEN, INDEX, LENGTH).get(level).domain().size();
    }

    private static Optional<Points> points(int level) {
        return Optional.of(
                Points.of(IntStream.range(0, size(level)).asDoubleStream().toArray()));
    }

    private int random(long seed, int values) {
        var random = new Random(seed);
        int[] cells = random.ints((long) size(0) * size(1) * size(2), 0, values).toArray();
        return diagrams.of(new JointTable(
                ImmutableList.of(TOKEN, INDEX, LENGTH), ints(10, 9 + values), ImmutableIntArray.copyOf(cells)));
    }

    private Optional<ImmutableList<Conjunction>> expand(int root, int plain, Integer... numberLevels) {
        List<Optional<Points>> numbers = IntStream.range(0, 3)
                .mapToObj(level -> List.of(numberLevels).contains(level) ? points(level) : Optional.<Points>empty())
                .toList();
        return Expansion.of(diagrams, root, plain, numbers, 1000);
    }

    private double value(List<Conjunction> conjunctions, int plain, int... at) {
        double sum = Values.asNumber(diagrams.value(plain));
        for (Conjunction conjunction : conjunctions) {
            boolean holds =
                    conjunction.tests().stream().allMatch(test -> test.values().get(at[test.level()]))
                            && conjunction.extremes().stream()
                                    .allMatch(e -> at[e.level()] == (e.least() ? 0 : size(e.level()) - 1))
                            && conjunction
                                    .rise()
                                    .map(rise -> at[rise.level()] >= rise.point())
                                    .orElse(true);
            for (Map.Entry<Integer, Integer> leaf : conjunction.writes().entrySet()) {
                sum += holds ? leaf.getValue() * Values.asNumber(diagrams.value(leaf.getKey())) : 0;
            }
        }
        return sum;
    }

    private void assertIsTheFunction(int root, int plain, List<Conjunction> conjunctions) {
        for (int t = 0; t < size(0); t++) {
            for (int i = 0; i < size(1); i++) {
                for (int n = 0; n < size(2); n++) {
                    int leaf = diagrams.child(diagrams.child(diagrams.child(root, 0, t), 1, i), 2, n);
                    assertThat(value(conjunctions, plain, t, i, n))
                            .as("%d %d %d", t, i, n)
                            .isEqualTo(Values.asNumber(diagrams.value(leaf)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void functionsOfOneHotsAreSumsOfPaths(int values) {
        for (long seed = 0; seed < 40; seed++) {
            int root = random(seed, values);
            int plain = diagrams.leaf(Value.of(10));
            ImmutableList<Conjunction> found = expand(root, plain).orElseThrow();

            assertIsTheFunction(root, plain, found);
            assertThat(found).noneMatch(Conjunction::isStep);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void oneNumberMayBeComparedBehindTests(int values) {
        for (long seed = 0; seed < 40; seed++) {
            int root = random(seed, values);
            int plain = diagrams.leaf(Value.of(10));

            assertIsTheFunction(root, plain, expand(root, plain, 2).orElseThrow());
        }
    }

    @Test
    void anyNumberOfNumbersMayBeTestedForTheirLeastValue() {
        int zero = diagrams.leaf(Value.of(0));
        int[] some = IntStream.range(0, 3)
                .map(level -> diagrams.of(identity(List.of(TOKEN, INDEX, LENGTH).get(level))))
                .map(number -> diagrams.apply(GREATER, List.of(number, zero)))
                .toArray();
        int any = diagrams.apply(OR, List.of(diagrams.apply(OR, List.of(some[0], some[1])), some[2]));
        int all = diagrams.apply(AND, List.of(diagrams.apply(AND, List.of(some[0], some[1])), some[2]));
        int yes = diagrams.leaf(Value.of(true));

        ImmutableList<Conjunction> none = expand(any, yes, 0, 1, 2).orElseThrow();
        assertThat(none).hasSize(1);
        assertThat(none.get(0).extremes()).hasSize(3);
        assertIsTheFunction(any, yes, none);
        assertIsTheFunction(all, yes, expand(all, yes, 0, 1, 2).orElseThrow());
    }

    @Test
    void twoNumbersComparedWithWhatLiesBetweenAreNoSumOfOneLayer() {
        int two = diagrams.leaf(Value.of(2));
        int left = diagrams.apply(GREATER, List.of(diagrams.of(identity(INDEX)), two));
        int right = diagrams.apply(GREATER, List.of(diagrams.of(identity(LENGTH)), two));
        int both = diagrams.apply(AND, List.of(left, right));
        int no = diagrams.leaf(Value.of(false));

        // The greatest index is one of the ends, and 2 of 0 to 4 is none.
        assertIsTheFunction(both, no, expand(both, no, 1, 2).orElseThrow());
        int middle = diagrams.apply(
                AND,
                List.of(
                        diagrams.apply(GREATER, List.of(diagrams.of(identity(INDEX)), diagrams.leaf(Value.of(1)))),
                        right));
        assertThat(expand(middle, no, 1, 2)).isEmpty();
    }

    @Test
    void moreHiddenUnitsThanTheLimitAreNoPlan() {
        int root = random(1, 6);

        assertThat(Expansion.of(
                        diagrams,
                        root,
                        diagrams.leaf(Value.of(10)),
                        List.of(Optional.empty(), Optional.empty(), Optional.empty()),
                        5))
                .isEmpty();
    }

    private static JointTable identity(Variable variable) {
        int[] cells = IntStream.range(0, variable.domain().size()).toArray();
        return new JointTable(ImmutableList.of(variable), variable.domain(), ImmutableIntArray.copyOf(cells));
    }
}
