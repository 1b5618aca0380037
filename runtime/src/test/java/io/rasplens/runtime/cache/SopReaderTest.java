package io.rasplens.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SopReaderTest {
    private static final String PROGRAM = """
            hist = selector_width(select(tokens, tokens, ==));
            twice = hist * 2;
            first = aggregate(select(indices, 0, ==), tokens, "-");
            before = aggregate(select(indices, indices - 1, ==), twice, 0);
            result = before + twice;
            """;

    private final HookedTransformer model = HookedTransformer.load(RaspCompiler.compile(
                    SourceFile.of("test.rasp", PROGRAM),
                    CompileOptions.forVocabulary("a", "b", "c")
                            .maxLength(4)
                            .sop("result")
                            .level(Level.DIRECT),
                    new MemoryLoader(ImmutableMap.of()))
            .orThrow());

    private static List<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).toList();
    }

    @Test
    void everyNamedSopIsReadAtEachPositionOfEachInput() {
        ActivationCache cache = model.runWithCache(
                        model.encodeBatch(List.of(List.of("a", "b", "a"), List.of("c"), List.of("b", "b", "b", "c"))))
                .cache();

        assertThat(cache.sop("hist")).isEqualTo(ints(2, 1, 2));
        assertThat(cache.sop("hist", 1)).isEqualTo(ints(1));
        assertThat(cache.sop("hist", 2)).isEqualTo(ints(3, 3, 3, 1));
        assertThat(cache.sop("twice", 2)).isEqualTo(ints(6, 6, 6, 2));
        assertThat(cache.sop("before")).isEqualTo(ints(0, 4, 2));
        assertThat(cache.sop("result")).isEqualTo(ints(4, 6, 6));
        assertThat(cache.sop("result", 2)).isEqualTo(ints(6, 12, 12, 8));
    }

    @Test
    void anEditOfTheStreamShowsInTheSop() {
        SopReadout hist = model.model().readouts().stream()
                .filter(readout -> readout.sop().equals("hist"))
                .findFirst()
                .orElseThrow();
        HookName point = hist.afterAttention() ? HookName.residMid(hist.layer()) : HookName.residPost(hist.layer());
        var other = model.encode(List.of("c", "c", "c"));
        Tensor threes = model.runWithCache(other).cache().get(point);
        ActivationCache cache = model.runWithCache(
                        model.encode(List.of("a", "b", "c")), RunOptions.PLAIN.hook(point, Hook.replaceWith(threes)))
                .cache();

        assertThat(cache.sop("hist")).isEqualTo(ints(3, 3, 3));
        assertThat(cache.sop("twice")).isEqualTo(ints(6, 6, 6));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        ActivationCache cache = model.runWithCache(List.of("a", "b")).cache();

        assertThatThrownBy(() -> cache.sop("histo")).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.code()).isEqualTo(EngineCode.UNKNOWN_SOP);
            assertThat(e.help().orElseThrow()).contains("'hist'");
        });
        assertThatThrownBy(() -> cache.sop("first")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> cache.sop("hist", 1))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE));
        ActivationCache little = model.runWithCache(model.encode(List.of("a")), RunOptions.PLAIN.names("hook_embed"))
                .cache();
        assertThatThrownBy(() -> little.sop("hist"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.NOT_CACHED));
    }
}
