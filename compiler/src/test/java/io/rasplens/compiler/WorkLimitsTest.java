package io.rasplens.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.WorkLimits;
import io.rasplens.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkLimitsTest {
    private static final String ENDLESS = "def f(n) { return f(n + 1) + f(n + 2); } x = f(0);";
    private static final String SMALL = "#@ vocab [\"a\", \"b\"]\n#@ max_length 3\nx = tokens;";

    @Test
    void aProgramThatTakesLongerIsGivenUpAndSaysSo() {
        String multiplied = "def f(n) { return 0 if n == 0 else f(n - 1) + f(n - 1); } x = f(60);";
        Result<CompiledModel> result = compile(multiplied, WorkLimits.ofHost().millis(20));
        assertThat(result.diagnostics()).extracting(d -> d.code().id()).containsExactly("E0710");
        assertThat(result.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("compiling takes longer than the 20 ms that it was given");
    }

    @Test
    void memoryThatTheCallerGrantsDecidesWhatIsTooLarge() {
        String wide =
                "#@ vocab [\"a\", \"b\"]\n#@ max_length 60\nx = aggregate(select(indices, indices - 1, ==), tokens, \"a\");";
        assertThat(compile(wide, WorkLimits.ofHost()).diagnostics()).isEmpty();
        assertThat(compile(wide, WorkLimits.ofHost().memory(100)).diagnostics())
                .extracting(d -> d.code().id())
                .containsExactly("E0709");
    }

    @Test
    void whatStaysWithinTheLimitsGivesTheSameModel() {
        CompiledModel limited =
                compile(SMALL, WorkLimits.ofHost().millis(60_000)).orThrow();
        CompiledModel free = RaspCompiler.compile(
                        SourceFile.of("x.rasp", SMALL), CompileOptions.DEFAULT, new MemoryLoader(ImmutableMap.of()))
                .orThrow();
        assertThat(limited.weights()).isEqualTo(free.weights());
    }

    @Test
    void recursionWithoutEndIsTheProgramsFault() {
        assertThat(compile(ENDLESS, WorkLimits.ofHost().millis(60_000)).diagnostics())
                .isNotEmpty();
    }

    private static Result<CompiledModel> compile(String text, WorkLimits limits) {
        return RaspCompiler.compile(
                SourceFile.of("x.rasp", text), CompileOptions.DEFAULT, new MemoryLoader(ImmutableMap.of()), limits);
    }
}
