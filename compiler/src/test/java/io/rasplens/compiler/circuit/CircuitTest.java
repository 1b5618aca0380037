package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.assemble.AssembleModel;
import io.rasplens.compiler.circuit.pass.PruneCircuit;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.Forward;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Interpreter, blocks and transformer say the same at every stage. */
class CircuitTest {

    @TestFactory
    Stream<DynamicTest> examplesAgreeAtEachStage() {
        return Targets.exampleFiles().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> agree(Targets.example(file, CompileOptions.DEFAULT))));
    }

    private static void agree(CompileTarget target) {
        Circuit circuit =
                OptimizedLowering.certify(target, Level.SMALLEST).orThrow().circuit();
        assertThat(VerifyCircuit.problems(circuit)).isEmpty();
        CompiledModel model = AssembleModel.assemble(circuit, Optional.empty());
        var forward = new Forward(model);
        int compared = 0;
        for (List<Value> input :
                Differential.inputs(target, 400, 3).stream().limit(25).toList()) {
            CircuitTrace trace = RunCircuit.run(circuit, input);
            for (int sublayers = 0; sublayers <= trace.lastStage().sublayers(); sublayers++) {
                var stage = new Stage(sublayers);
                double[][] residual =
                        forward.residual(input, stage.attention(), stage.point().afterAttention());
                compareStage(circuit, trace, residual, stage, readOfOthers(circuit));
            }
            Optional<ImmutableList<Value>> answer = answer(target, input);
            if (answer.isPresent()) {
                List<Value> expected = answer.get();
                List<Value> decoded = trace.decode(circuit.logits(), circuit.decoder(), trace.lastStage());
                for (int p = 0; p < expected.size(); p++) {
                    assertThat(same(expected.get(p), decoded.get(p)))
                            .as("%s at %d: %s, %s", input, p, expected, decoded)
                            .isTrue();
                }
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static Optional<ImmutableList<Value>> answer(CompileTarget target, List<Value> input) {
        try {
            return Optional.of(Interpreter.evaluate(
                    target.program().output(), input, target.program().causal()));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    private static Set<Direction> readOfOthers(Circuit circuit) {
        return circuit.blocks().stream()
                .flatMap(block -> block.heads().stream())
                .flatMap(head -> Stream.concat(
                        head.terms().stream().map(ScoreTerm::key),
                        head.values().stream().map(ValueTerm::value)))
                .flatMap(form -> form.terms().keySet().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Every direction at every position; on BOS those that keys and values read, and nothing but bos there. What else stands on BOS is
     * free: a head whose output nobody reads there has no weights to keep BOS from seeing others.
     */
    private static void compareStage(
            Circuit circuit, CircuitTrace trace, double[][] residual, Stage stage, Set<Direction> readOfOthers) {
        List<Direction> numbered = circuit.directions().stream()
                .filter(d -> !d.equals(Direction.ONE))
                .toList();
        for (int d = 0; d < numbered.size(); d++) {
            LinearForm form = LinearForm.of(numbered.get(d));
            boolean readOnBos = readOfOthers.contains(numbered.get(d));
            for (int p = readOnBos ? 0 : 1; p < trace.positions(); p++) {
                double named = trace.read(form, stage, p);
                assertThat(residual[p][d]).isCloseTo(named, within(1e-8 * Math.max(1, Math.abs(named))));
            }
            if (!readOnBos) {
                continue;
            }
            boolean bos = numbered.get(d).equals(Direction.BOS);
            assertThat(trace.read(form, stage, 0)).isEqualTo(bos ? 1 : 0);
            assertThat(residual[0][d]).isEqualTo(bos ? 1 : 0);
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double distance) {
        return org.assertj.core.data.Offset.offset(distance);
    }

    private static boolean same(Value expected, Value actual) {
        return expected.equals(actual)
                || (expected.isNumeric()
                        && actual.isNumeric()
                        && Math.abs(Values.toDouble(expected) - Values.toDouble(actual))
                                <= Precision.at(Values.toDouble(expected)));
    }

    @Test
    void faultsAreFound() {
        Circuit good = OptimizedLowering.certify(Targets.source("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                hist = selector_width(select(tokens, tokens, ==));
                """), Level.SMALLEST)
                .orThrow()
                .circuit();
        var late = LinearForm.of(Direction.number(new Feature(1000, "nowhere", Optional.empty())));
        var broken = new Circuit(
                good.tokens(),
                good.positions(),
                good.blocks(),
                ImmutableList.of(late),
                new OutputDecoder.Numerical(ImmutableList.of()),
                good.readouts(),
                false);
        assertThat(VerifyCircuit.problems(good)).isEmpty();
        assertThat(VerifyCircuit.problems(broken)).containsExactly("logits reads nowhere, which is not written yet");
        Head head = good.blocks().get(0).heads().get(0);
        Direction hist = good.logits().get(0).terms().keySet().iterator().next();
        // BOS may see others in the first block, as long as nobody asks what it saw.
        var open = new Head(head.terms().subList(0, 1), head.values(), head.kind(), head.origin());
        var reading = new Head(
                head.terms(),
                ImmutableList.of(new ValueTerm(LinearForm.of(hist), LinearForm.of(hist))),
                head.kind(),
                head.origin());
        assertThat(problems(good, open)).isEmpty();
        assertThat(problems(good, head, reading)).isEmpty();
        assertThat(problems(good, open, reading))
                .containsExactly(
                        "block 1, head for hist has values that read what depends on the input at BOS: " + hist);
    }

    @Test
    void featuresAreToldApart() {
        Feature tokens = new Feature(2, "tokens", Optional.empty());
        Feature namesake = new Feature(3, "tokens", Optional.empty());
        Feature stranger = new Feature(2, "indices", Optional.empty());

        assertThat(VerifyCircuit.problems(embedding(tokens, namesake)))
                .containsExactly("two features are called tokens");
        assertThat(VerifyCircuit.problems(embedding(tokens, stranger)))
                .containsExactly("one feature is called indices and tokens");
        var features = new Features();
        assertThat(VerifyCircuit.problems(embedding(features.named("bos"), features.named("bos"))))
                .isEmpty();
    }

    /** A circuit that writes one value of each feature. */
    private static Circuit embedding(Feature a, Feature b) {
        LinearForm first = LinearForm.of(Direction.oneHot(a, Value.of("x")));
        LinearForm second = LinearForm.of(Direction.oneHot(b, Value.of("y")));
        return new Circuit(
                ImmutableMap.of(Value.of("x"), first, Value.of("y"), second),
                ImmutableList.of(LinearForm.ZERO),
                ImmutableList.of(),
                ImmutableList.of(first, second),
                new OutputDecoder.Categorical(ImmutableList.of(Value.of("x"), Value.of("y"))),
                ImmutableList.of(),
                false);
    }

    private static List<String> problems(Circuit circuit, Head... heads) {
        return VerifyCircuit.problems(circuit.with(Stream.of(heads)
                .map(head -> new Block(ImmutableList.of(head), ImmutableList.of()))
                .collect(ImmutableList.toImmutableList())));
    }

    @Test
    void bosIsKeptToItselfWhereItMatters() {
        Circuit reverse = OptimizedLowering.certify(Targets.source("""
                #@ vocab ["a", "b"]
                #@ max_length 6
                reverse = aggregate(select(indices, length - indices - 1, ==), tokens);
                """), Level.SMALLEST)
                .orThrow()
                .circuit();
        assertThat(seesOnlyItself(reverse, 0)).isFalse();
        assertThat(seesOnlyItself(reverse, 1)).isFalse();
        Circuit lastOfLength = OptimizedLowering.certify(Targets.source("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                mean = aggregate(select(tokens, "a", ==), length - 2 * indices);
                """), Level.SMALLEST)
                .orThrow()
                .circuit();
        assertThat(seesOnlyItself(lastOfLength, 0)).isTrue();
    }

    private static boolean seesOnlyItself(Circuit circuit, int block) {
        return circuit.blocks().get(block).heads().get(0).terms().stream()
                .anyMatch(term -> term.query().terms().containsKey(Direction.BOS));
    }

    @Test
    void whatNobodyReadsIsPruned() {
        Circuit good = OptimizedLowering.certify(Targets.source("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                often = selector_width(select(tokens, tokens, ==)) >= 2;
                """), Level.SMALLEST)
                .orThrow()
                .circuit();
        var withoutAnswer = new Circuit(
                good.tokens(),
                good.positions(),
                good.blocks(),
                ImmutableList.of(
                        LinearForm.of(Direction.ONE),
                        LinearForm.of(Direction.number(new Feature(1000, "never", Optional.empty())))),
                good.decoder(),
                ImmutableList.of(),
                false);
        Circuit pruned = PruneCircuit.prune(withoutAnswer);
        assertThat(pruned.blocks()).allSatisfy(block -> {
            assertThat(block.heads()).isEmpty();
            assertThat(block.groups()).isEmpty();
        });
        assertThat(pruned.directions()).containsExactly(Direction.BOS, Direction.ONE);
        assertThat(PruneCircuit.prune(good)).isEqualTo(good);
    }

    @Test
    void printedFormTellsHeadsAndUnits() {
        Circuit circuit = OptimizedLowering.certify(Targets.source("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                often = selector_width(select(tokens, tokens, ==)) >= 2;
                """), Level.SMALLEST)
                .orThrow()
                .circuit();
        assertThat(PrintCircuit.print(circuit))
                .contains("  BOS: bos\n", "block 0\n", "(sum, gap 50, BOS e^50 above)", "saturating steps", "logits\n")
                .doesNotContain("@");
    }
}
