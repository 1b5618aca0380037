package io.rasplens.bench;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Hook points by a pattern that can be read in very many ways, none of which matches. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before it measures.
public class FilterBenchmark {
    private static final int WILDCARDS = 30;

    @Param({"*", "*?", "{*,}", "*{,a}"})
    private String program;

    private ImmutableList<HookName> names;
    private String pattern;

    @Setup
    public void load() {
        names = HookName.all(BenchSubject.of("sort 8 8").compile().config());
        pattern = program.repeat(WILDCARDS) + "!";
    }

    @Benchmark
    public String filter() {
        try {
            return HookFilter.parse(pattern).resolve(names).toString();
        } catch (EngineException e) {
            return e.getMessage();
        }
    }
}
