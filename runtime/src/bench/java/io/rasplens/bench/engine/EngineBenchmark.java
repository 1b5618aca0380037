package io.rasplens.bench.engine;

import io.rasplens.bench.BenchSubject;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.GradientRun;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.LogitMetric;
import io.rasplens.runtime.transformer.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One model in a warm JVM, on its longest inputs. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before it measures.
public class EngineBenchmark {
    static final int ROWS = 1000;
    private static final Path FIXTURES = Path.of("src/test/resources/io/rasplens/runtime/fixtures");

    @Param({"tracr sort", "tracr reverse", "sort 4 5", "sort 16 16", "hist 4 100"})
    private String program;

    private HookedTransformer model;
    private List<Value> input;
    private TokenBatch one;
    private TokenBatch many;

    /** The model of a benchmark's name. */
    static CompiledModel model(String program) {
        return program.startsWith("tracr ")
                ? ModelStore.load(FIXTURES.resolve(program.substring(6)).resolve("model.safetensors"))
                        .orThrow()
                : BenchSubject.of(program).compile();
    }

    @Setup
    public void load() {
        model = HookedTransformer.load(model(program));
        var random = new Random(1);
        List<List<Value>> inputs =
                IntStream.range(0, ROWS).mapToObj(i -> input(random)).toList();
        input = inputs.get(0);
        one = model.encode(input);
        many = model.encodeBatch(inputs);
    }

    private List<Value> input(Random random) {
        List<Value> tokens = model.model().encoder().orElseThrow().tokens();
        return IntStream.range(0, model.config().nCtx() - 1)
                .mapToObj(i -> tokens.get(random.nextInt(tokens.size())))
                .toList();
    }

    @Benchmark
    public Tensor single() {
        return model.forward(one);
    }

    @Benchmark
    public List<Value> answer() {
        return model.run(input);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Tensor batched() {
        return model.forward(many);
    }

    @Benchmark
    public CachedRun cache() {
        return model.runWithCache(one);
    }

    @Benchmark
    public CachedRun oneName() {
        return model.runWithCache(one, RunOptions.PLAIN.names("unembed.hook_in"));
    }

    @Benchmark
    public GradientRun gradients() {
        return model.runWithGradients(one, LogitMetric.logit(0, 1, 0));
    }
}
