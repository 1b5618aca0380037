package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.CircuitTrace;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.RunCircuit;
import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.rewrite.RewriteGraph;
import io.rasplens.grammar.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At the default level the attention of a head, without BOS, is the row of the selector that it stands for, divided by its width. */
class PatternsShowSelectorsTest {
    private static final int INPUTS = 25;

    @TestFactory
    Stream<DynamicTest> examples() {
        return Targets.exampleFiles().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    /** Where an {@code or} asks for one value, or for any key: one for which two selectors hold is seen no better than others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = selector_width(select(tokens, \"a\", ==) or select(indices, 2, ==)) > 0",
                "x = selector_width(select(tokens, tokens, ==) and select(indices, indices, <) or select(indices, 0, ==)) == 0",
                "x = selector_width(select(tokens, \"a\", ==) or select(tokens, \"b\", ==) or select(indices, 1, ==)) >= 1",
                "h = selector_width(select(tokens, tokens, ==)); x = contains(h == 2 or tokens == \"a\", True)",
                "x = selector_width((select(tokens, \"a\", ==) or select(indices, 2, ==)) and select(tokens, tokens, ==)) > 0",
                "x = selector_width(not (select(tokens, tokens, !=) and not select(indices, indices, <))) > 0",
                "x = selector_width((select(tokens, \"a\", ==) or select(tokens, \"b\", ==)) and select(indices, 2, !=)) > 0",
                "x = aggregate(select(tokens, \"a\", ==) or select(indices, 2, ==), length)",
                "x = aggregate(not (select(tokens, tokens, ==) and select(indices, indices, !=)), 1)"
            })
    void anyOfSeveral(String program) {
        check(Targets.source("#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 5\n" + program + ";"), program);
    }

    private static void check(Path file) throws Exception {
        check(Targets.example(file, CompileOptions.DEFAULT), file.toString());
    }

    private static void check(CompileTarget program, String file) {
        CompileTarget target = RewriteGraph.rewrite(program, RewriteGraph.RULES);
        Circuit circuit =
                OptimizedLowering.certify(target, Level.LEGIBLE).orThrow().circuit();
        assertThat(circuit.hasSums()).as("heads that outweigh all others").isFalse();
        Map<Integer, ProgramNode> nodes = new HashMap<>();
        NeededNodes.of(List.of(target.program().output())).forEach(node -> nodes.put(node.id(), node));
        var random = new Random(file.hashCode());
        for (int i = 0; i < INPUTS; i++) {
            List<Value> input = input(target, random);
            CircuitTrace trace = RunCircuit.run(circuit, input);
            for (int b = 0; b < circuit.blocks().size(); b++) {
                Block block = circuit.blocks().get(b);
                for (int h = 0; h < block.heads().size(); h++) {
                    Head head = block.heads().get(h);
                    Optional<Selector> selector = selector(head, block, nodes);
                    if (selector.isPresent()) {
                        compare(
                                file + " " + head.origin() + " on " + input,
                                selector.get(),
                                input,
                                target.program().causal(),
                                trace.scores(b, h));
                    }
                }
            }
        }
    }

    /** What a head stands for by itself; several heads of one node share its selector. */
    private static Optional<Selector> selector(Head head, Block block, Map<Integer, ProgramNode> nodes) {
        if (head.kind() instanceof HeadKind.Part || head.origin().node().isEmpty()) {
            return Optional.empty();
        }
        int id = head.origin().node().getAsInt();
        long sharers = block.heads().stream()
                .filter(other -> other.origin().node().isPresent()
                        && other.origin().node().getAsInt() == id)
                .count();
        ProgramNode node = nodes.get(id);
        if (sharers > 1 || node == null) {
            return Optional.empty();
        }
        return node instanceof SOp sop ? sop.attendsBy() : Optional.empty();
    }

    private static void compare(String what, Selector selector, List<Value> input, boolean causal, double[][] scores) {
        SelectorMatrix matrix;
        try {
            matrix = Interpreter.evaluate(selector, input, causal);
        } catch (EvaluationException e) {
            return;
        }
        for (int query = 0; query < input.size(); query++) {
            double[] row = scores[query + 1];
            int keys = row.length - 1;
            double[] own = new double[keys];
            System.arraycopy(row, 1, own, 0, keys);
            int width = matrix.width(query);
            if (width == 0) {
                double[] all = CircuitTrace.softmax(row);
                assertThat(all[0]).as(what + ": BOS at " + query).isGreaterThan(0.99);
                continue;
            }
            double[] pattern = CircuitTrace.softmax(own);
            for (int key = 0; key < keys; key++) {
                assertThat(pattern[key])
                        .as(what + ": query " + query + ", key " + key)
                        .isCloseTo(matrix.selects(query, key) ? 1.0 / width : 0, within(1e-3));
            }
        }
    }

    private static List<Value> input(CompileTarget target, Random random) {
        var input = new ArrayList<Value>();
        int length = 1 + random.nextInt(target.maxLength());
        for (int p = 0; p < length; p++) {
            input.add(target.vocabulary().get(random.nextInt(target.vocabulary().size())));
        }
        return input;
    }
}
