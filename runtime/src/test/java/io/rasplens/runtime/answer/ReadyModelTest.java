package io.rasplens.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadyModelTest {
    private static final CompiledModel COMPILED = RaspCompiler.compile(
                    SourceFile.of("x.rasp", "x = [\"p\", \"q\", \"r\"][indices];"),
                    CompileOptions.forVocabulary("a").maxLength(3))
            .orThrow();

    private final ReadyModel bare = ReadyModel.of(
            new CompiledModel(
                    COMPILED.config(),
                    COMPILED.weights(),
                    Optional.empty(),
                    Optional.empty(),
                    COMPILED.description(),
                    Optional.empty(),
                    Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            new Timings());

    @Test
    void withoutACodecTheAnswersAreTheGreatestLogits() {
        TokenBatch tokens = bare.encode(ImmutableList.of(Value.of(0), Value.of(0), Value.of(0)));
        Tensor logits = bare.transformer().forward(tokens);

        Tensor greatest = logits.with(1e9, 0, 0, 2).with(1e9, 0, 1, 0).with(1e9, 0, 2, 1);

        assertThat(bare.decode(greatest, tokens)).containsExactly(Value.of(2), Value.of(0), Value.of(1));
    }

    /** What is no number is no answer, whether or not there are values for it. */
    @Test
    void logitsThatAreNotFiniteStandForNoId() {
        TokenBatch tokens = bare.encode(ImmutableList.of(Value.of(0), Value.of(0)));
        Tensor logits = bare.transformer().forward(tokens);

        assertThatThrownBy(() -> bare.decode(logits.with(Double.NaN, 0, 1, 0), tokens))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("stand for no answer");
    }
}
