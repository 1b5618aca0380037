package io.rasplens.compiler.lower.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagramsTest {
    private static final Operator AND = new Operator.Binary(BinaryKind.AND);
    private static final Operator OR = new Operator.Binary(BinaryKind.OR);
    private static final Operator PLUS = new Operator.Binary(BinaryKind.PLUS);
    private static final Operator DIVIDE = new Operator.Binary(BinaryKind.DIVIDE);
    private static final Operator EQUAL = new Operator.Binary(BinaryKind.EQUAL);
    private static final Operator IF = new Operator.Conditional();

    private static final Variable TOKEN = new Variable.Input(ints(0, 3));
    private static final Variable INDEX = new Variable.Index(ints(0, 4));
    private static final Variable LENGTH = new Variable.Length(ints(1, 3));

    private final Diagrams diagrams = new Diagrams(ImmutableList.of(TOKEN, INDEX, LENGTH), 1 << 18);
    private final int token = diagrams.of(identity(TOKEN));
    private final int index = diagrams.of(identity(INDEX));
    private final int two = diagrams.leaf(Value.of(2));

    private static ImmutableList<Value> ints(int low, int high) {
        return IntStream.rangeClosed(low, high).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    private static JointTable identity(Variable variable) {
        int[] cells = IntStream.range(0, variable.domain().size()).toArray();
        return new JointTable(ImmutableList.of(variable), variable.domain(), ImmutableIntArray.copyOf(cells));
    }

    private int apply(Operator operator, Integer... arguments) {
        return diagrams.apply(operator, List.of(arguments));
    }

    private int at(int diagram, int... values) {
        int leaf = diagram;
        for (int level = 0; level < values.length; level++) {
            leaf = diagrams.child(leaf, level, values[level]);
        }
        return leaf;
    }

    @Test
    void operatorsMeanWhatTheyMeanOnValues() {
        int sum = apply(PLUS, token, index);

        for (int t = 0; t < 4; t++) {
            for (int i = 0; i < 5; i++) {
                assertThat(diagrams.value(at(sum, t, i, 0))).isEqualTo(Value.of(t + i));
            }
        }
    }

    @Test
    void equalFunctionsAreOneDiagramHoweverTheyAreWritten() {
        int isTwo = apply(EQUAL, token, two);
        int chosen = apply(IF, isTwo, index, two);

        assertThat(apply(OR, apply(EQUAL, index, two), apply(EQUAL, token, two)))
                .isEqualTo(apply(OR, isTwo, apply(EQUAL, index, two)));
        assertThat(apply(IF, isTwo, index, token)).isEqualTo(apply(IF, isTwo, chosen, token));
        assertThat(apply(AND, isTwo, apply(EQUAL, token, diagrams.leaf(Value.of(1)))))
                .isEqualTo(diagrams.leaf(Value.of(false)));
    }

    @Test
    void aVariableThatMakesNoDifferenceIsNotAskedFor() {
        int either = apply(IF, apply(EQUAL, token, two), index, index);

        assertThat(either).isEqualTo(index);
        assertThat(diagrams.level(either)).isEqualTo(1);
    }

    @Test
    void whereTheProgramFailsThereIsNoValueAndANeighboursIsAsGood() {
        int quotient = apply(DIVIDE, two, token);

        assertThat(at(quotient, 0, 0, 0)).isEqualTo(Diagrams.UNDEFINED);
        assertThat(at(apply(PLUS, quotient, index), 0, 3, 0)).isEqualTo(Diagrams.UNDEFINED);
        assertThat(diagrams.value(at(diagrams.map(quotient, Map.of()), 0, 0, 0)))
                .isEqualTo(Value.of(2.0));
        assertThat(diagrams.leaves(quotient)).hasSize(3).doesNotContain(Diagrams.UNDEFINED);
    }

    @Test
    void anOperandThatMakesNoDifferenceMayFail() {
        int fails = apply(DIVIDE, two, apply(EQUAL, token, two));

        assertThat(diagrams.value(at(apply(IF, apply(EQUAL, token, two), fails, index), 1, 4, 0)))
                .isEqualTo(Value.of(4));
        assertThat(apply(OR, diagrams.leaf(Value.of(true)), fails)).isEqualTo(diagrams.leaf(Value.of(true)));
        assertThat(apply(AND, fails, diagrams.leaf(Value.of(false)))).isEqualTo(diagrams.leaf(Value.of(false)));
    }

    @Test
    void aTableIsAskedInTheOrderOfTheDiagram() {
        var table = new JointTable(
                ImmutableList.of(INDEX, LENGTH),
                ints(0, 14),
                ImmutableIntArray.copyOf(IntStream.range(0, 15).toArray()));
        var reversed = new Diagrams(ImmutableList.of(LENGTH, INDEX), 1 << 18);
        int diagram = reversed.of(table);

        assertThat(reversed.value(reversed.child(reversed.child(diagram, 0, 2), 1, 3)))
                .isEqualTo(Value.of(11));
    }

    @Test
    void whatIsTooLargeIsGivenUp() {
        ImmutableList<Value> many = ints(0, 999);
        var large = new Diagrams(ImmutableList.of(new Variable.Input(many), new Variable.Index(many)), 1 << 18);
        int left = large.of(identity(new Variable.Input(many)));
        int right = large.of(identity(new Variable.Index(many)));

        assertThatThrownBy(() -> large.apply(PLUS, List.of(left, right))).isInstanceOf(Diagrams.TooManyBranches.class);
    }
}
