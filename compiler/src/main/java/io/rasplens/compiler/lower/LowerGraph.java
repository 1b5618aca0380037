package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Glossary;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.AlwaysInts;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.FindFunctions;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Stream;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.function.Consumer;

/**
 * Lowers a program graph to a circuit. The output is made readable, and that asks for what it reads, down to the embedding: nothing
 * is built that nobody reads.
 */
final class LowerGraph {
    private LowerGraph() {}

    /**
     * The circuit.
     *
     * @param way how hard scores are, and how a number is answered
     * @param working is told what is being lowered
     * @throws io.rasplens.compiler.lower.facts.Refusal if there is no way, or none within the limits of a model
     */
    static Lowered lower(Facts facts, Policy policy, LoweringWay way, Consumer<SOp> working) {
        var stream = new Stream(facts.target());
        var writer = new CircuitWriter(facts, stream, working);
        CheckDepth.check(facts, writer);
        var program = new LowerProgram(facts, writer, policy, way.hardness());
        SOp output = facts.program().output();
        ImmutableList<LinearForm> logits;
        OutputDecoder decoder;
        double rounding = 0;
        boolean marked = way.answer() == LoweringWay.ListedAnswer.MARKED && AnswerMarks.canBe(output, facts);
        if (marked || isCategorical(facts, program)) {
            OneHot oneHot = marked
                    ? AnswerMarks.of(program.oneHot(output), program.exactValues(output))
                    : program.oneHot(output);
            decoder = new OutputDecoder.Categorical(oneHot.forms().keySet().asList());
            logits = oneHot.forms().values().asList();
        } else {
            decoder = new OutputDecoder.Numerical(
                    way.answer() == LoweringWay.ListedAnswer.COMPUTED
                            ? ImmutableList.of()
                            : program.exactValues(output),
                    AlwaysInts.is(output, facts.inference()));
            rounding = facts.rounding(output);
            logits = ImmutableList.of(program.number(output).form());
        }
        // What is kept and not made yet is made now, so before the blocks are taken.
        ImmutableList<Circuit.Readout> readouts = program.readouts();
        writer.requireMemory(output);
        var circuit = new Circuit(
                stream.tokens(),
                stream.positions(),
                stream.blocks(),
                logits,
                decoder,
                readouts,
                facts.program().causal(),
                new Glossary(writer.meanings().meanings(), FindFunctions.of(facts), program.readable()));
        return new Lowered(circuit, new Layout.Compact(), rounding);
    }

    private static boolean isCategorical(Facts facts, LowerProgram program) {
        SOp output = facts.program().output();
        return facts.inference().values(output) instanceof ValueSet.Finite finite
                && (!finite.values().stream().allMatch(Values::isNumber) || program.isOneHotFree(output));
    }
}
