package io.rasplens.bench.engine;

import io.rasplens.bench.Benchmarks;
import io.rasplens.compiler.model.CompiledModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures the engine, and writes the table into the file that it is given, in place of the section that it wrote before. */
public final class EngineBenchmarks {
    private static final String HEADING = "## The engine\n";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private EngineBenchmarks() {}

    /** Microseconds and bytes of one run. */
    private record RunCost(double time, double bytes) {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        Map<String, Map<String, RunCost>> costs = new LinkedHashMap<>();
        var options = new OptionsBuilder()
                .include("io\\.rasplens\\.bench\\.engine\\..*")
                .shouldFailOnError(true)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .addProfiler(GCProfiler.class)
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build();
        for (RunResult result : new Runner(options).run()) {
            String program = result.getParams().getParam("program");
            double bytes = result.getSecondaryResults().entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith(ALLOCATED))
                    .mapToDouble(entry -> entry.getValue().getStatistics().getMin())
                    .findFirst()
                    .orElse(Double.NaN);
            // What else the machine does only ever adds to a time.
            double time = result.getPrimaryResult().getStatistics().getMin();
            costs.computeIfAbsent(program, name -> new LinkedHashMap<>())
                    .put(result.getPrimaryResult().getLabel(), new RunCost(time, bytes));
        }
        Path file = Path.of(arguments[0]);
        String old = Files.readString(file);
        int begin = old.indexOf(HEADING);
        String before = begin < 0 ? old.stripTrailing() + "\n\n" : old.substring(0, begin);
        int end = begin < 0 ? -1 : old.indexOf("\n## ", begin);
        Files.writeString(file, before + section(costs) + (end < 0 ? "" : old.substring(end)));
    }

    private static String section(Map<String, Map<String, RunCost>> costs) throws IOException {
        var out = new StringBuilder(HEADING)
                .append('\n')
                .append(String.format(Locale.ROOT, """
                Microseconds for one input of the longest length, in a warm JVM on one thread. Measured with JMH by

                    mvn -Pbench -DskipTests -pl runtime -am verify

                which writes this section anew, after the file of the compiler. *limit* is what the arithmetic alone would take at one
                multiplication and addition in a nanosecond: the weights that are not zero times the positions, and for each head
                the positions squared. *single* goes from token ids to logits, *answer* from values to values, *batched* is the
                share of one of %,d inputs of a batch; *cache* keeps every activation (what stands within a block is made when it
                is read), *one name* one, named by its text in each run; *gradients* goes back to every activation too.

                `tracr sort` and `tracr reverse` are models that Tracr made (see the fixtures among the tests); the others are
                compiled from `examples`, `sort 16 16` for a vocabulary of 16 and inputs of up to 16 tokens. All is in float64.
                TransformerLens 3.9 took for `tracr sort`, same weights, one thread of an AMD EPYC, the least of many: in float64
                1,100 µs single and 25 batched, in float32 790 and 12.7.

                Here on %s.

                | model | limit | single | answer | batched | cache | one name | gradients | bytes, single | bytes, batched |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                """, EngineBenchmark.ROWS, Benchmarks.machine()));
        costs.forEach((program, cost) -> out.append("| ")
                .append(program)
                .append(" | ")
                .append(number(limit(EngineBenchmark.model(program))))
                .append(time(cost, "single"))
                .append(time(cost, "answer"))
                .append(time(cost, "batched"))
                .append(time(cost, "cache"))
                .append(time(cost, "oneName"))
                .append(time(cost, "gradients"))
                .append(bytes(cost, "single"))
                .append(bytes(cost, "batched"))
                .append(" |\n"));
        return out.toString();
    }

    private static String time(Map<String, RunCost> costs, String benchmark) {
        RunCost cost = costs.get(benchmark);
        return " | " + (cost == null ? "" : number(cost.time));
    }

    private static String bytes(Map<String, RunCost> costs, String benchmark) {
        RunCost cost = costs.get(benchmark);
        return " | " + (cost == null ? "" : String.format(Locale.ROOT, "%,.0f", cost.bytes));
    }

    private static String number(double time) {
        return String.format(Locale.ROOT, time < 10 ? "%.2f" : "%,.0f", time);
    }

    /** Microseconds at one multiplication and addition in a nanosecond. */
    private static double limit(CompiledModel model) {
        long weights = model.weights().unembed().nonZeros();
        long heads = 0;
        for (var layer : model.weights().layers()) {
            weights += layer.mlp().wIn().nonZeros() + layer.mlp().wOut().nonZeros();
            for (var head : layer.heads()) {
                heads++;
                weights += head.wQ().nonZeros()
                        + head.wK().nonZeros()
                        + head.wV().nonZeros()
                        + head.wO().nonZeros();
            }
        }
        long positions = model.config().nCtx();
        return (weights * positions + heads * positions * positions) / 1000.0;
    }
}
