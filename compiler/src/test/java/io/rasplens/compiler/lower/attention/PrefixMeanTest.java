package io.rasplens.compiler.lower.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.CircuitTrace;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.RunCircuit;
import io.rasplens.compiler.circuit.SelectedBy;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.part.SelectedKeys;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Means over prefixes of long inputs: two heads, exact, and together the selector. */
class PrefixMeanTest {
    private static final int LENGTH = 110;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(indices, indices, <=), tokens_int)",
                "aggregate(select(indices, indices, <), tokens_int, -2.5)",
                "aggregate(select(indices, indices - 7, <=), tokens_int, 9)",
                "aggregate(select(indices + 20, indices, <=), tokens_int)",
                "aggregate(select(indices * 2, indices, <=), tokens_int * 3)",
                "aggregate(select(indices, 11 * round(indices / 22 - 0.49), <), tokens_int)",
                "aggregate(select(indices, indices, <=), tokens_int) - aggregate(select(indices, indices, <), indices)",
                "aggregate(select(indices, indices, <=), aggregate(select(indices, indices, <), tokens_int, 1))"
            })
    void meansOverPrefixesAreTwoHeadsEach(String mean) {
        CompileTarget target = target(mean, 3, LENGTH);
        for (Level level : List.of(Level.LEGIBLE, Level.SMALLEST)) {
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            assertThat(model.config().dHead()).as(level.flag()).isLessThan(LENGTH / 3);
            assertThat(Differential.firstMismatch(target, model, inputs(target)))
                    .as(level.flag())
                    .isEmpty();
        }
    }

    @Test
    void patternsAddUpToTheSelector() {
        CompileTarget target = target("aggregate(select(indices, indices - 1, <=), tokens_int, 5)", 3, LENGTH);
        Circuit circuit =
                OptimizedLowering.certify(target, Level.LEGIBLE).orThrow().circuit();
        ImmutableList<Head> heads = circuit.blocks().get(0).heads();
        assertThat(heads).hasSize(2).allMatch(head -> head.kind() instanceof HeadKind.Part);
        CircuitTrace trace = RunCircuit.run(circuit, input(target, LENGTH, new Random(4)));
        for (int query = 0; query < LENGTH; query++) {
            double[] one = CircuitTrace.softmax(trace.scores(0, 0)[query + 1]);
            double[] other = CircuitTrace.softmax(trace.scores(0, 1)[query + 1]);
            for (int key = 0; key < LENGTH; key++) {
                assertThat(one[key + 1] + other[key + 1])
                        .as("query " + query + ", key " + key)
                        .isCloseTo(key < query ? 1.0 / query : 0, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select(indices, indices, <=)", "select(indices, indices - 7, <)"})
    void eachHeadSaysWhichKeysItSelects(String selector) {
        CompileTarget target = target("aggregate(" + selector + ", tokens_int, 5)", 3, LENGTH);
        Circuit circuit =
                OptimizedLowering.certify(target, Level.LEGIBLE).orThrow().circuit();
        CircuitTrace trace = RunCircuit.run(circuit, input(target, LENGTH, new Random(4)));
        int last = selector.contains("7") ? -8 : 0;
        for (int h = 0; h < 2; h++) {
            Head head = circuit.blocks().get(0).heads().get(h);
            SelectedBy selection = head.origin().selection().orElseThrow();
            var least = (SelectedKeys.AtLeast) selection.in(head.kind());
            boolean before = selection.where().words().contains(" // 11 < ");
            for (int query = 0; query < LENGTH; query++) {
                for (int key = 0; key < LENGTH; key++) {
                    boolean inBlocksBefore = key / 11 < Math.floorDiv(query + last, 11);
                    assertThat(trace.scores(0, h)[query + 1][key + 1] >= least.score())
                            .as("%s at query %s, key %s", selection.where().words(), query, key)
                            .isEqualTo(key <= query + last && inBlocksBefore == before);
                }
            }
        }
        assertThat(circuit.blocks().get(0).heads())
                .extracting(
                        head -> head.origin().selection().orElseThrow().where().words())
                .doesNotHaveDuplicates();
        assertThat(new OptimizedLowering(Level.LEGIBLE)
                        .lower(target)
                        .orThrow()
                        .provenance()
                        .anatomy())
                .isPresent();
    }

    @Test
    void aThousandPositionsTakeTheSquareRoot() {
        CompileTarget target = target("aggregate(select(indices, indices, <=), indicator(tokens_int == 3))", 26, 1000);
        CompiledModel model = new OptimizedLowering(Level.LEGIBLE).lower(target).orThrow();

        assertThat(model.config().nHeads()).isEqualTo(2);
        assertThat(model.config().dHead()).isLessThanOrEqualTo(67);
        // Positions are a block and a digit out of 32, and two logarithms; the two values and BOS.
        assertThat(model.config().dModel()).isLessThanOrEqualTo(70);
    }

    @Test
    void suffixesDependOnTheLengthAndAreOneHead() {
        CompileTarget target = target("aggregate(select(indices, indices, >=), tokens_int)", 3, LENGTH);
        CompiledModel model = new OptimizedLowering(Level.LEGIBLE).lower(target).orThrow();

        assertThat(model.config().nHeads()).isEqualTo(1);
        assertThat(Differential.firstMismatch(target, model, inputs(target))).isEmpty();
    }

    private static CompileTarget target(String mean, int tokens, int length) {
        String vocabulary = String.join(
                ", ", IntStream.range(0, tokens).mapToObj(Integer::toString).toList());
        return Targets.source(
                "#@ vocab [" + vocabulary + "]\n#@ max_length " + length + "\n#@ output y\ny = " + mean + ";\n");
    }

    private static List<List<Value>> inputs(CompileTarget target) {
        var random = new Random(1);
        var inputs = new ArrayList<List<Value>>();
        for (int length : new int[] {1, 2, 10, 11, 12, 22, 23, 61, LENGTH - 1, LENGTH}) {
            inputs.add(input(target, length, random));
        }
        return inputs;
    }

    private static List<Value> input(CompileTarget target, int length, Random random) {
        var input = new ArrayList<Value>();
        for (int i = 0; i < length; i++) {
            input.add(target.vocabulary().get(random.nextInt(target.vocabulary().size())));
        }
        return input;
    }
}
