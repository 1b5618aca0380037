package io.rasplens.bench;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The interpreter on the longest input; the program is elaborated before. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before it measures.
public class InterpretBenchmark {
    @Param({"sort 64 64", "hist 4 1000", "inference", "generated"})
    private String program;

    private CompileTarget target;
    private ImmutableList<Value> input;

    @Setup
    public void elaborate() {
        target = BenchSubject.of(program).target();
        input = BenchSubject.longestInput(target);
    }

    @Benchmark
    public ImmutableList<Value> interpret() throws EvaluationException {
        return Interpreter.evaluate(
                target.program().output(), input, target.program().causal());
    }
}
