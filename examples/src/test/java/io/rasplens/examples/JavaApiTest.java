package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's lines of Java. */
class JavaApiTest {
    @Test
    void theLinesOfTheReadmeWork() throws Exception {
        Path path = Path.of("reverse.rasp");
        // Line for line what the README shows.
        CompiledModel compiled = RaspCompiler.compile(
                        SourceFile.of(path),
                        CompileOptions.forVocabulary("a", "b", "c").maxLength(5))
                .orThrow();
        HookedTransformer model = HookedTransformer.load(compiled);
        List<Value> out = model.run(List.of("a", "b", "c"));
        CachedRun run = model.runWithCache(List.of("a", "b", "c"));
        Tensor pattern = run.cache().get("pattern", 0);

        assertThat(out).containsExactly(Value.of("c"), Value.of("b"), Value.of("a"));
        assertThat(pattern.shape()).containsExactly(1, compiled.config().nHeads(), 4, 4);
    }
}
