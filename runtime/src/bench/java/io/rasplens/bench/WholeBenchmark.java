package io.rasplens.bench;

import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From source text to model, with all that is worked out where somebody asks: what {@code rasp compile} writes. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before it measures.
public class WholeBenchmark {
    @Param({"reverse 4 80", "sort 64 64", "hist 4 1000", "inference", "generated", "chain"})
    private String program;

    private BenchSubject subject;

    @Setup
    public void read() {
        subject = BenchSubject.of(program);
    }

    @Benchmark
    public CompiledModel whole(Blackhole used) {
        CompiledModel model = subject.compile();
        used.consume(model.readouts());
        used.consume(model.certificate().map(Certificate::tolerance));
        return model;
    }
}
