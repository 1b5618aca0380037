package io.rasplens.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.GraphVerifier;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S-ops that a model is to have: whatever reads one reads it behind a cut. */
class CutKeptTest {
    private static final CompileTarget TARGET = Targets.source("""
            #@ vocab ["a", "b"]
            #@ max_length 4
            place = length - 1 - indices;
            twice = place + place;
            x = aggregate(select(indices, place, ==), twice);
            """);

    private static SOp named(CompileTarget target, String name) {
        return target.program().origins().entrySet().stream()
                .filter(entry -> entry.getValue().name().filter(name::equals).isPresent())
                .map(entry -> (SOp) entry.getKey())
                .findFirst()
                .orElseThrow();
    }

    private static CompileTarget keeping(String... names) {
        return new CompileTarget(
                TARGET.program(),
                TARGET.vocabulary(),
                TARGET.maxLength(),
                ImmutableList.copyOf(names).stream()
                        .map(name -> named(TARGET, name))
                        .collect(ImmutableSet.toImmutableSet()));
    }

    private static List<SOp> cuts(CompileTarget target) {
        return NeededNodes.of(ImmutableList.of(target.program().output())).stream()
                .filter(node ->
                        node instanceof SOp.Elementwise elementwise && elementwise.operator() instanceof Operator.Kept)
                .map(SOp.class::cast)
                .toList();
    }

    @Test
    void whereNothingIsKeptNothingIsCut() {
        assertThat(new CutKept().apply(TARGET)).isEmpty();
    }

    @Test
    void aKeptSopIsReadBehindACutThatHasItsName() {
        CompileTarget cut = new CutKept().apply(keeping("place")).orElseThrow();

        assertThat(GraphVerifier.verify(cut.program())).isEmpty();
        assertThat(cuts(cut)).hasSize(1);
        SOp kept = cuts(cut).get(0);
        assertThat(cut.program().nameOf(kept)).contains("place");
        SOp behind = (SOp) kept.operands().get(0);
        assertThat(cut.program().nameOf(behind)).isEmpty();
        // Nobody but the cut reads what stands behind it.
        assertThat(NeededNodes.of(ImmutableList.of(cut.program().output())).stream()
                        .filter(node -> node.operands().contains(behind)))
                .containsExactly(kept);
    }

    @Test
    void answersStay() {
        CompileTarget cut = new CutKept().apply(keeping("place", "twice", "x")).orElseThrow();

        assertThat(cuts(cut)).hasSize(3);
        assertThat(cut.program().output()).isEqualTo(cuts(cut).get(2));
        for (List<Value> input : Differential.inputs(TARGET, 30, 1)) {
            assertThat(Differential.expected(cut, input)).isEqualTo(Differential.expected(TARGET, input));
        }
    }
}
