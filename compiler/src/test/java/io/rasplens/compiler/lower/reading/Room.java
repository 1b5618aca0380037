package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.CircuitTrace;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.RunCircuit;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.rewrite.CutKept;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One program's facts, and a stream to write into from fake readings: what a room of the lowering needs to be looked at alone. */
public final class Room {
    private static final String HEADER = "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 5\n";

    private final Facts facts;
    private final io.rasplens.compiler.lower.reading.Stream stream;
    private final CircuitWriter writer;
    private final FakeReadings readings;
    private final Map<Direction, Double> values = new HashMap<>(Map.of(Direction.ONE, 1.0));

    private Room(CompileTarget target) {
        this.facts = new Facts(target, ValueInference.infer(target).orThrow());
        this.stream = new io.rasplens.compiler.lower.reading.Stream(target);
        this.writer = new CircuitWriter(facts, stream, sop -> {});
        this.readings = new FakeReadings(facts, writer);
    }

    /** A program over a, b and c, of up to five tokens, unless it says something else. */
    public static Room of(String program) {
        return new Room(target(program, CompileOptions.DEFAULT));
    }

    /** The same, with its s-ops that have a name cut off from whatever reads them. */
    public static Room keeping(String program) {
        CompileTarget target = target(program, CompileOptions.DEFAULT.keep(CompileOptions.Keep.ALL));
        return new Room(new CutKept().apply(target).orElseThrow());
    }

    private static CompileTarget target(String program, CompileOptions options) {
        String text = program.startsWith("#@") ? program : HEADER + program;
        return RaspCompiler.elaborate(SourceFile.of("room.rasp", text), new MemoryLoader(ImmutableMap.of()))
                .then(e -> RaspCompiler.elaborateTarget(e, options))
                .orThrow();
    }

    public Facts facts() {
        return facts;
    }

    public CircuitWriter writer() {
        return writer;
    }

    public FakeReadings readings() {
        return readings;
    }

    public SOp output() {
        return facts.program().output();
    }

    /** What the output is computed from. */
    public SOp argument(int which) {
        return (SOp) output().operands().get(which);
    }

    /** From now on the s-op is that number. */
    public Room set(SOp sop, double number) {
        readings.number(sop).form().terms().keySet().forEach(direction -> values.put(direction, number));
        return this;
    }

    /** From now on the s-op has that value, as a one-hot. */
    public Room set(SOp sop, Value value) {
        set(readings.oneHot(sop), value);
        return this;
    }

    /** From now on one of the directions is 1, and the others are 0. */
    public Room set(OneHot oneHot, Value value) {
        oneHot.forms()
                .forEach((each, form) -> form.terms()
                        .keySet()
                        .forEach(direction -> values.put(direction, each.equals(value) ? 1.0 : 0.0)));
        return this;
    }

    /** What a form is behind all hidden units that have been written. */
    public double read(LinearForm form) {
        Map<Direction, Double> now = new HashMap<>(values);
        for (Block block : stream.blocks()) {
            Map<Direction, Double> written = new HashMap<>();
            for (HiddenUnit unit : block.units()) {
                double active = Math.max(0, sum(unit.input(), now));
                unit.output().terms().forEach((direction, c) -> written.merge(direction, c * active, Double::sum));
            }
            written.forEach((direction, more) -> now.merge(direction, more, Double::sum));
        }
        return sum(form, now);
    }

    private static double sum(LinearForm form, Map<Direction, Double> at) {
        return form.terms().entrySet().stream()
                .mapToDouble(term -> term.getValue() * at.getOrDefault(term.getKey(), 0.0))
                .sum();
    }

    /** What a form is at each position of an input behind all that has been written, its heads included; what was read is there from the start. */
    public double[] run(LinearForm form, List<Value> input) {
        ImmutableList<LinearForm> positions = IntStream.range(0, input.size())
                .mapToObj(i -> stream.positions().get(i).plus(readings.at(input, i)))
                .collect(ImmutableList.toImmutableList());
        var circuit = new Circuit(
                stream.tokens(),
                positions,
                stream.blocks(),
                ImmutableList.of(form),
                new OutputDecoder.Numerical(ImmutableList.of()),
                ImmutableList.of(),
                facts.program().causal());
        CircuitTrace trace = RunCircuit.run(circuit, input);
        return IntStream.range(0, input.size())
                .mapToDouble(i -> trace.read(form, trace.lastStage(), i + 1))
                .toArray();
    }

    /** What the interpreter says of an s-op on an input. */
    public ImmutableList<Value> expected(SOp sop, List<Value> input) {
        try {
            return Interpreter.evaluate(sop, input, facts.program().causal());
        } catch (EvaluationException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Inputs of all lengths, the same in each run; among them one of a single token over and over. */
    public ImmutableList<ImmutableList<Value>> inputs() {
        var random = new Random(7);
        ImmutableList<Value> vocabulary = facts.target().vocabulary();
        ImmutableList.Builder<ImmutableList<Value>> inputs = ImmutableList.builder();
        for (int length = 1; length <= facts.target().maxLength(); length++) {
            for (int which = 0; which < 4; which++) {
                int kinds = which == 0 ? 1 : vocabulary.size();
                inputs.add(random.ints(length, 0, kinds)
                        .mapToObj(vocabulary::get)
                        .collect(ImmutableList.toImmutableList()));
            }
        }
        return inputs.build();
    }

    public ImmutableList<HiddenUnit> units() {
        return stream.blocks().stream().flatMap(b -> b.units().stream()).collect(ImmutableList.toImmutableList());
    }

    public ImmutableList<Head> heads() {
        return stream.blocks().stream().flatMap(b -> b.heads().stream()).collect(ImmutableList.toImmutableList());
    }

    /** By which techniques the parts say that they were made. */
    public ImmutableList<Technique> techniques() {
        return Stream.concat(
                        heads().stream().map(Head::origin), units().stream().map(HiddenUnit::origin))
                .map(origin -> origin.origin().technique().orElseThrow())
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }
}
