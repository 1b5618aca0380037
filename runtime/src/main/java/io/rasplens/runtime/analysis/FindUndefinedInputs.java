package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Runs a program in the interpreter on all inputs of a vocabulary up to a length, or on a seeded sample, and tells on which of them
 * it has no answer. The work is bounded, whatever the program and the length: a program of many s-ops is tried on fewer inputs, and
 * where even those would be much, on shorter ones.
 */
public final class FindUndefinedInputs {
    /** Values and pairs of positions looked at in all runs together; some tenths of a second. */
    private static final double MOST_WORK = 1e7;

    private static final int MOST_INPUTS = 2_000;
    private static final int FEWEST_INPUTS = 16;
    private static final long SEED = 1;

    private final RaspProgram program;
    private final ImmutableList<Value> vocabulary;
    private Optional<ImmutableList<Value>> shortest = Optional.empty();
    private long tried;
    private long failing;

    private FindUndefinedInputs(RaspProgram program, ImmutableList<Value> vocabulary) {
        this.program = program;
        this.vocabulary = vocabulary;
    }

    /** What was found; empty if the program has an answer on all inputs tried. */
    public static Optional<UndefinedInputs> find(RaspProgram program, ImmutableList<Value> vocabulary, int maxLength) {
        return new FindUndefinedInputs(program, vocabulary).find(maxLength);
    }

    private Optional<UndefinedInputs> find(int maxLength) {
        int longest = maxLength;
        while (longest > 1 && work(longest) * FEWEST_INPUTS > MOST_WORK) {
            longest = (longest + 1) / 2;
        }
        int budget = (int) Math.max(FEWEST_INPUTS, Math.min(MOST_INPUTS, MOST_WORK / work(longest)));
        var space = new InputSpace(new VerifyOptions(vocabulary, longest, budget, SEED));
        space.forEach(this::attempt);
        boolean exhaustive = longest == maxLength && space.exhaustive();
        return shortest.map(
                found -> new UndefinedInputs(shrink(program, vocabulary, found), tried, failing, exhaustive));
    }

    private void attempt(ImmutableList<Value> input) {
        tried++;
        if (fails(program, input)) {
            failing++;
            if (shortest.isEmpty() || input.size() < shortest.get().size()) {
                shortest = Optional.of(input);
            }
        }
    }

    /** A failing input made as short as it gets. */
    static ImmutableList<Value> shrink(
            RaspProgram program, ImmutableList<Value> vocabulary, ImmutableList<Value> failing) {
        double runs = Math.min(MOST_INPUTS, MOST_WORK / work(program, failing.size()));
        return new ShrinkInput(vocabulary, shorter -> fails(program, shorter), (int) runs).shrink(failing);
    }

    private static boolean fails(RaspProgram program, List<Value> input) {
        return Attempt.of(() -> Interpreter.evaluate(program.output(), input, program.causal()))
                .isEmpty();
    }

    private double work(int length) {
        return work(program, length);
    }

    /** Values and pairs of positions looked at in one run. */
    private static double work(RaspProgram program, int length) {
        double work = 0;
        for (ProgramNode node : NeededNodes.of(ImmutableList.of(program.output()))) {
            boolean pairs =
                    !(node instanceof SOp) || node instanceof SOp.Aggregate || node instanceof SOp.SelectorWidth;
            work += pairs ? (double) length * length : length;
        }
        return work;
    }
}
