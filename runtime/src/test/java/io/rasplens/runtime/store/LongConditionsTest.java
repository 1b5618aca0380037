package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.part.Anatomy;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.HeadPart;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selectors of many comparisons: what a head's keys are is saved however long and deep it is, and read again. */
class LongConditionsTest {
    private static final CompileOptions OPTIONS =
            CompileOptions.forVocabulary("a", "b").maxLength(3);

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(Level.class)
    void aChainOfOrsIsOneList(Level level) throws Exception {
        String many = IntStream.range(0, 200)
                .mapToObj(i -> "select(indices, " + i + ", ==)")
                .collect(Collectors.joining(" or "));

        Anatomy saved = savedAndRead("y = selector_width(" + many + ");", level);

        assertThat(head(saved).where().depth()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void orsInAndsMayBeDeep(Level level) throws Exception {
        String deep = "select(indices, 0, ==)";
        for (int i = 1; i < 40; i++) {
            deep = "(" + deep + " or select(tokens, \"a\", ==)) and select(indices, " + i + ", !=)";
        }

        Anatomy saved = savedAndRead("y = selector_width(" + deep + ");", level);

        if (level == Level.DIRECT) {
            assertThat(head(saved).where()).isEqualTo(new Condition.SelectorOf("y"));
            assertThat(head(saved).where().words()).isEqualTo("the selector of y holds");
        }
    }

    private static HeadPart head(Anatomy anatomy) {
        return anatomy.heads().stream()
                .flatMap(layer -> layer.stream())
                .findFirst()
                .orElseThrow();
    }

    private Anatomy savedAndRead(String program, Level level) throws Exception {
        CompiledModel model = RaspCompiler.compile(SourceFile.of("p.rasp", program), OPTIONS.level(level))
                .orThrow();
        Path file = folder.resolve("model.safetensors");
        ModelStore.save(model, file, Dtype.F64);
        Anatomy read = ModelStore.load(file).orThrow().provenance().anatomy().orElseThrow();
        assertThat(read.heads())
                .isEqualTo(model.provenance().anatomy().orElseThrow().heads());
        return read;
    }
}
