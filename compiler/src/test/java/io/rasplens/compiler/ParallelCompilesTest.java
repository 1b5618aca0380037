package io.rasplens.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.WorkLimits;
import io.rasplens.grammar.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A library in somebody's process: many threads compile at once, some within limits, and none is told from another. */
@Timeout(120)
class ParallelCompilesTest {
    private static final int THREADS = 8;

    private static final List<String> PROGRAMS = List.of(
            "x = selector_width(select(tokens, tokens, ==));",
            "x = aggregate(select(indices, length - 1 - indices, ==), tokens, \"z\");",
            "n = selector_width(select(tokens, tokens, ==) and select(indices, indices, <)); x = n % 2;",
            "x = aggregate(select(indices, indices, <=), indicator(tokens == \"a\"));");

    private static CompiledModel compile(String program, Level level) {
        SourceFile source =
                SourceFile.of("parallel.rasp", "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 5\n" + program);
        return RaspCompiler.compile(source, CompileOptions.DEFAULT.level(level), new MemoryLoader(ImmutableMap.of()))
                .orThrow();
    }

    @Test
    void threadsGetTheModelsThatOneThreadGets() throws Exception {
        List<Callable<CompiledModel>> work = new ArrayList<>();
        List<CompiledModel> alone = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (String program : PROGRAMS) {
                for (Level level : Level.values()) {
                    work.add(() -> compile(program, level));
                    if (round == 0) {
                        alone.add(compile(program, level));
                    }
                }
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<CompiledModel>> made = threads.invokeAll(work);
            for (int i = 0; i < made.size(); i++) {
                assertThat(made.get(i).get()).as("compilation " + i).isEqualTo(alone.get(i % alone.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What one caller allows is nothing that another's compilation sees. */
    @Test
    void theLimitsOfOneAreNotThoseOfAnother() throws Exception {
        SourceFile wide = SourceFile.of(
                "wide.rasp",
                "#@ vocab [\"a\", \"b\"]\n#@ max_length 40\nx = aggregate(select(indices, indices - 1, ==), tokens, \"a\");");
        List<Callable<Result<CompiledModel>>> work = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            WorkLimits limits = i % 2 == 0 ? WorkLimits.ofHost().memory(100) : WorkLimits.ofHost();
            work.add(() ->
                    RaspCompiler.compile(wide, CompileOptions.DEFAULT, new MemoryLoader(ImmutableMap.of()), limits));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Result<CompiledModel>>> made = threads.invokeAll(work);
            for (int i = 0; i < made.size(); i++) {
                assertThat(made.get(i).get().diagnostics())
                        .extracting(diagnostic -> diagnostic.code().id())
                        .isEqualTo(i % 2 == 0 ? List.of("E0709") : List.of());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
