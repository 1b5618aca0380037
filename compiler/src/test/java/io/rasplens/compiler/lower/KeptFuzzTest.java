package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.Elaboration;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Overrides;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.model.SopEncoding;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.random.ProgramGenerator;
import io.rasplens.compiler.random.RandomProgram;
import io.rasplens.compiler.random.Subset;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random programs with every s-op kept: an s-op set in the model does what the same s-op overridden does in the interpreter. */
class KeptFuzzTest {
    private static final int EDITS = 6;

    /** What came of some programs. */
    private record KeptTally(int programs, long edits, List<String> failures) {}

    @Test
    void everyEditOfAKeptSopIsPredicted() {
        KeptTally tally = run(1, 2_000);

        assertThat(tally.failures()).isEmpty();
        assertThat(tally.programs()).isGreaterThan(1_800);
        assertThat(tally.edits()).isGreaterThan(15_000);
    }

    @Test
    @Tag("long")
    void everyEditInManyProgramsIsPredicted() {
        KeptTally tally = run(5_000_000, 20_000);

        assertThat(tally.failures()).isEmpty();
        assertThat(tally.programs()).isGreaterThan(15_000);
    }

    private static KeptTally run(long first, int count) {
        int programs = 0;
        long edits = 0;
        List<String> failures = new ArrayList<>();
        for (long seed = first; seed < first + count && failures.size() < 3; seed++) {
            RandomProgram program = ProgramGenerator.generate(Subset.ALL, seed);
            Optional<Elaboration> elaboration = value(RaspCompiler.elaborate(
                    SourceFile.of("random.rasp", program.source()), new MemoryLoader(ImmutableMap.of())));
            CompileOptions options = CompileOptions.DEFAULT.keep(CompileOptions.Keep.ALL);
            Optional<CompileTarget> target = elaboration.flatMap(e -> value(RaspCompiler.elaborateTarget(e, options)));
            Optional<CompiledModel> model =
                    target.flatMap(t -> value(RaspCompiler.compileTarget(elaboration.orElseThrow(), t, options)));
            if (model.isPresent()) {
                programs++;
                edits += check(seed, program, target.orElseThrow(), model.get(), failures);
            }
        }
        return new KeptTally(programs, edits, failures);
    }

    private static long check(
            long seed, RandomProgram program, CompileTarget target, CompiledModel model, List<String> failures) {
        var random = new Random(seed);
        var forward = new Forward(model);
        List<List<Value>> inputs = Differential.inputs(target, 12, 7);
        long tried = 0;
        for (SOp kept : target.kept()) {
            String name = target.program().nameOf(kept).orElseThrow();
            Optional<SopReadout> readout = model.readouts().stream()
                    .filter(r -> r.sop().equals(name) && r.kept())
                    .findFirst();
            if (readout.isEmpty()) {
                failures.add("seed " + seed + ": " + name + " is not kept\n" + program.source());
                return tried;
            }
            for (int i = 0; i < EDITS; i++) {
                List<Value> input = inputs.get(random.nextInt(inputs.size()));
                int position = random.nextInt(input.size());
                Optional<Value> value = value(target, kept, readout.get(), inputs, random);
                if (value.isPresent()) {
                    tried += compare(
                            seed,
                            program,
                            target,
                            forward,
                            readout.get(),
                            kept,
                            input,
                            position,
                            value.get(),
                            failures);
                }
            }
        }
        return tried;
    }

    /** One that is listed, else one that the s-op has somewhere. */
    private static Optional<Value> value(
            CompileTarget target, SOp kept, SopReadout readout, List<List<Value>> inputs, Random random) {
        List<Value> values = readout.values();
        if (values.isEmpty()) {
            try {
                values = Interpreter.evaluate(
                        kept,
                        inputs.get(random.nextInt(inputs.size())),
                        target.program().causal());
            } catch (EvaluationException e) {
                return Optional.empty();
            }
        }
        return Optional.of(values.get(random.nextInt(values.size())));
    }

    private static int compare(
            long seed,
            RandomProgram program,
            CompileTarget target,
            Forward forward,
            SopReadout readout,
            SOp kept,
            List<Value> input,
            int position,
            Value value,
            List<String> failures) {
        List<Value> expected;
        try {
            expected = Interpreter.evaluate(
                    target.program().output(),
                    input,
                    target.program().causal(),
                    Overrides.NONE.with(kept, position, value));
        } catch (EvaluationException e) {
            return 0;
        }
        List<Value> actual = forward.run(input, (point, residual) -> {
            for (SopEncoding encoding : readout.encodings()) {
                if (encoding.made().equals(point)) {
                    ImmutableDoubleArray numbers = encoding.write(value).orElseThrow();
                    for (int i = 0; i < numbers.length(); i++) {
                        residual[position + 1][encoding.dimensions().get(i)] = numbers.get(i);
                    }
                }
            }
        });
        for (int p = 0; p < expected.size(); p++) {
            if (!same(expected.get(p), actual.get(p))) {
                failures.add("seed " + seed + ": " + readout.sop() + "[" + position + "] = " + value.repr() + " on "
                        + input + ": the program says " + expected + ", the model " + actual + "\n"
                        + program.source());
                return 1;
            }
        }
        return 1;
    }

    private static boolean same(Value expected, Value actual) {
        if (expected.raspEquals(actual)) {
            return true;
        }
        return Values.isNumber(expected)
                && Values.isNumber(actual)
                && Math.abs(Values.toDouble(expected) - Values.toDouble(actual))
                        <= Precision.at(Values.toDouble(expected));
    }

    private static <T> Optional<T> value(Result<T> result) {
        return result instanceof Result.Success<T> success ? Optional.of(success.value()) : Optional.empty();
    }
}
