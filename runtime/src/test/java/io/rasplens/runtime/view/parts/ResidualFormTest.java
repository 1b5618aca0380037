package io.rasplens.runtime.view.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidualFormTest {
    @Test
    void namesDirectionsAndPutsWhatIsAddedFirst() {
        assertThat(form(term("one", -2.5), term("x", 1)).text()).isEqualTo("x - 2.5 one");
        assertThat(form(term("x=1", -1), term("x=2", -1)).text()).isEqualTo("-x=1 - x=2");
        assertThat(form().text()).isEqualTo("0");
        assertThat(new ResidualForm(ImmutableList.of(term("x", 60)), -1).text()).isEqualTo("60 x - 1");
    }

    @Test
    void showsSixDigitsAndCutsLongForms() {
        assertThat(form(term("x", 1 / 3.0), term("y", 1e20), term("z", 100_000)).text())
                .isEqualTo("0.333333 x + 1E+20 y + 100000 z");
        var many = IntStream.range(0, 11).mapToObj(i -> term("d" + i, 1)).collect(ImmutableList.toImmutableList());
        assertThat(new ResidualForm(many, 0).text()).startsWith("d0 + d1").endsWith("d7 + … (3 more)");
    }

    @Test
    void anUnlabelledDirectionHasItsNumber() {
        var mlp = new MlpWeights(
                WeightMatrix.builder(2, 1).add(0, 0, 3).add(1, 0, 1).build(),
                ImmutableDoubleArray.of(0.5),
                WeightMatrix.builder(1, 2).add(0, 1, -1).build(),
                ImmutableDoubleArray.of(0, 0));
        List<ResidualLabel> labels = List.of(new ResidualLabel("x", Optional.empty()));
        assertThat(ResidualForm.inputs(mlp, labels).get(0).text()).isEqualTo("3 x + resid[1] + 0.5");
        assertThat(ResidualForm.outputs(mlp, labels).get(0).text()).isEqualTo("-resid[1]");
    }

    /** What is read is what stands there; what is written moves the s-op's own number. */
    @Test
    void whatIsHeldMovedIsReadInBracketsAndWrittenWithout() {
        var mlp = new MlpWeights(
                WeightMatrix.builder(4, 1)
                        .add(0, 0, 3)
                        .add(1, 0, 1)
                        .add(2, 0, -1)
                        .add(3, 0, 2)
                        .build(),
                ImmutableDoubleArray.of(0),
                WeightMatrix.builder(1, 4)
                        .add(0, 0, -1)
                        .add(0, 1, 2)
                        .add(0, 3, 1)
                        .build(),
                ImmutableDoubleArray.of(0, 0, 0, 0));
        List<ResidualLabel> labels = List.of(
                new ResidualLabel("x", Optional.empty(), 1, 1),
                new ResidualLabel("y", Optional.of(Value.of(0)), 1, -1),
                new ResidualLabel("z² - 6·z", Optional.empty()),
                new ResidualLabel("w", Optional.empty(), -2, 0));
        assertThat(ResidualForm.inputs(mlp, labels).get(0).text())
                .isEqualTo("3 (x + 1) + ([y=0] - 1) + 2 (-2·w) - (z² - 6·z)");
        assertThat(ResidualForm.outputs(mlp, labels).get(0).text()).isEqualTo("2 y=0 + (-2·w) - x");
        assertThat(ResidualForm.inputs(mlp, labels).get(0).terms())
                .extracting(ResidualForm.DirectionTerm::direction)
                .containsExactly("x + 1", "[y=0] - 1", "z² - 6·z", "-2·w");
    }

    private static ResidualForm form(ResidualForm.DirectionTerm... terms) {
        return new ResidualForm(ImmutableList.copyOf(terms), 0);
    }

    private static ResidualForm.DirectionTerm term(String direction, double weight) {
        return new ResidualForm.DirectionTerm(direction, weight);
    }
}
