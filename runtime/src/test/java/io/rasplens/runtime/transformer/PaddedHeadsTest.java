package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layer of one head beside one of many: at its hook points it has as many, and the others see nothing and write nothing. */
class PaddedHeadsTest {
    private static final String PROGRAM = """
            #@ vocab ["a", "b", "c", "d"]
            #@ max_length 4
            a = selector_width(select(tokens, "a", ==));
            b = selector_width(select(tokens, "b", ==));
            c = selector_width(select(tokens, "c", ==));
            place = (a + 2 * b + 3 * c) % 4;
            looked = aggregate(select(indices, place, ==), tokens, "-");
            """;

    @Test
    void aLayerHasAllHeadsAtItsHookPoints() {
        CompiledModel compiled = RaspCompiler.compile(SourceFile.of("program.rasp", PROGRAM), CompileOptions.DEFAULT)
                .orThrow();
        HookedTransformer model = HookedTransformer.load(compiled);
        List<Integer> heads = compiled.weights().layers().stream()
                .map(layer -> layer.heads().size())
                .toList();
        int last = heads.size() - 1;
        assertThat(heads.get(0)).isGreaterThan(heads.get(last) + 1);

        TokenBatch one = model.encodeBatch(List.of(List.of("a", "b", "c")));
        TokenBatch several = model.encodeBatch(List.of(List.of("a", "b", "c"), List.of("d", "a", "b")));
        for (TokenBatch tokens : List.of(one, several)) {
            var cache = model.runWithCache(tokens, RunOptions.PLAIN).cache();
            Tensor pattern = cache.get(HookName.pattern(last));
            Tensor z = cache.get(HookName.z(last));
            assertThat(pattern.size(1)).isEqualTo(heads.get(0));
            for (int head = heads.get(last); head < heads.get(0); head++) {
                assertThat(pattern.slice("head", head).toArray()).containsOnly(1.0 / tokens.positions());
                assertThat(z.slice("head", head).toArray()).containsOnly(0);
            }
        }
    }
}
