package io.rasplens.bench;

import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks with JMH: once in each of five new JVMs, and over and over in one. */
final class Measure {
    private static final int NEW_JVMS = 5;

    private Measure() {}

    /** By benchmark and program, {@code compile reverse 4 80}, in the order that the benchmarks declare. */
    static ImmutableMap<String, Timing> all() throws RunnerException {
        Map<String, Double> first = run(options()
                .mode(Mode.SingleShotTime)
                .forks(NEW_JVMS)
                .warmupIterations(0)
                .measurementIterations(1));
        Map<String, Double> warm = run(options()
                .mode(Mode.AverageTime)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1)));
        ImmutableMap.Builder<String, Timing> timings = ImmutableMap.builder();
        first.forEach((name, time) -> timings.put(name, new Timing(time, warm.getOrDefault(name, Double.NaN))));
        return timings.buildOrThrow();
    }

    private static ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .include("io\\.rasplens\\.bench\\.[A-Z].*")
                .shouldFailOnError(true)
                .timeUnit(TimeUnit.MILLISECONDS);
    }

    private static Map<String, Double> run(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.build()).run();
        Map<String, Double> times = new LinkedHashMap<>();
        for (RunResult result : results) {
            String method = result.getPrimaryResult().getLabel();
            String name = method + " " + result.getParams().getParam("program");
            // What else the machine does only ever adds to a time.
            times.put(name, result.getPrimaryResult().getStatistics().getMin());
        }
        return times;
    }
}
