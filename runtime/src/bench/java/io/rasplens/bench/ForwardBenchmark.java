package io.rasplens.bench;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.transformer.HookedTransformer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A compiled model on the longest input, from tokens to decoded values. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before it measures.
public class ForwardBenchmark {
    @Param({"reverse 4 80", "reverse 4 1000", "sort 64 64", "hist 4 1000", "inference", "generated"})
    private String program;

    private HookedTransformer model;
    private ImmutableList<Value> input;

    @Setup
    public void compile() {
        BenchSubject subject = BenchSubject.of(program);
        model = HookedTransformer.load(subject.compile());
        input = BenchSubject.longestInput(subject.target());
    }

    @Benchmark
    public ImmutableList<Value> forward() {
        return model.run(input);
    }
}
