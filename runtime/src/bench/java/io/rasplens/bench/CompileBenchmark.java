package io.rasplens.bench;

import io.rasplens.compiler.model.CompiledModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From source text to model, as {@code rasp compile} does it before it writes. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before it measures.
public class CompileBenchmark {
    @Param({
        "reverse 4 10",
        "reverse 4 20",
        "reverse 4 40",
        "reverse 4 80",
        "reverse 4 160",
        "reverse 4 320",
        "reverse 4 1000",
        "sort 8 8",
        "sort 16 16",
        "sort 32 32",
        "sort 64 64",
        "hist 4 10",
        "hist 4 100",
        "hist 4 1000",
        "inference",
        "generated",
        "chain"
    })
    private String program;

    private BenchSubject subject;

    @Setup
    public void read() {
        subject = BenchSubject.of(program);
    }

    @Benchmark
    public CompiledModel compile() {
        return subject.compile();
    }
}
