package io.rasplens.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.patch.PatchSweep;
import io.rasplens.runtime.analysis.patch.Recovery;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookKind;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
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
        assertThat(out).extracting(Value::toJava).containsExactly("c", "b", "a");
        assertThat(pattern.shape()).containsExactly(1, compiled.config().nHeads(), 4, 4);
    }

    @Test
    void theLinesAboutHooksWork() throws Exception {
        CompiledModel compiled = RaspCompiler.compile(
                        SourceFile.of(Path.of("reverse.rasp")),
                        CompileOptions.forVocabulary("a", "b", "c").maxLength(5))
                .orThrow();
        HookedTransformer model = HookedTransformer.load(compiled);
        // Line for line what the README shows.
        TokenBatch tokens = model.encode(List.of("a", "b", "c"));
        Hook uniform = Hook.replace((scores, point) -> scores.times(0));
        Tensor logits = model.runWithHooks(tokens, HookAssignment.of(HookName.attnScores(1), uniform));
        List<Value> confused = model.decode(logits, tokens).get(0);

        TokenBatch corrupted = model.encode(List.of("a", "b", "b"));
        Recovery recovery = Recovery.between(model, tokens, corrupted, OptionalInt.empty());
        LabelledTable table = new PatchSweep(model, tokens, corrupted, recovery).byPosition(HookKind.RESID_PRE);
        double back = table.get(1, 3);

        assertThat(confused).isNotEqualTo(model.run(List.of("a", "b", "c")));
        assertThat(back).isEqualTo(1);
    }

    @Test
    void alphabetsMayMixWordsIntsAndFloats() throws Exception {
        List<Value> alphabet = List.of(Value.of("a"), Value.of(1), Value.of(2.5));
        CompiledModel compiled = RaspCompiler.compile(
                        SourceFile.of(Path.of("reverse.rasp")),
                        CompileOptions.DEFAULT.vocabulary(alphabet).maxLength(3))
                .orThrow();

        assertThat(HookedTransformer.load(compiled).run(List.of("a", 1, 2.5)))
                .extracting(Value::toJava)
                .containsExactly(2.5, 1L, "a");
    }

    @Test
    void alphabetsMayBeNumbers() throws Exception {
        CompiledModel compiled = RaspCompiler.compile(
                        SourceFile.of(Path.of("reverse.rasp")),
                        CompileOptions.forVocabulary(1, 2, 10).maxLength(3))
                .orThrow();

        assertThat(HookedTransformer.load(compiled).run(List.of(10, 2)))
                .extracting(Value::toJava)
                .containsExactly(2L, 10L);
    }
}
