package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes into a model and what comes out of it, as values. */
class CodecTest {
    private static final CompiledModel PLAIN = RandomModels.plain(3, AttentionDirection.CAUSAL);

    private static Codec codec(Optional<TokenEncoder> encoder, Optional<OutputDecoder> decoder) {
        return new Codec(new CompiledModel(
                PLAIN.config(),
                PLAIN.weights(),
                encoder,
                decoder,
                PLAIN.labels(),
                PLAIN.readouts(),
                PLAIN.provenance(),
                PLAIN.program(),
                PLAIN.certificate()));
    }

    private static Codec codec(Value... vocabulary) {
        return codec(Optional.of(TokenEncoder.forVocabulary(ImmutableList.copyOf(vocabulary))), PLAIN.decoder());
    }

    private static EngineException refused(EngineCode code, Runnable work) {
        try {
            work.run();
        } catch (EngineException e) {
            assertThat(e.code()).isEqualTo(code);
            return e;
        }
        throw new AssertionError("nothing is refused");
    }

    private static String unknown(Codec codec, Object token) {
        return refused(EngineCode.UNKNOWN_TOKEN, () -> codec.encode(List.of(token)))
                .help()
                .orElseThrow();
    }

    /** 1.0 is the token 1, and a boolean is none. */
    @Test
    void equalNumbersAreOneToken() {
        Codec numbers = codec(Value.of(1), Value.of(2), Value.of(2.5));

        int[] ids = numbers.encode(List.of(1, 2, 2.5));
        assertThat(ids).doesNotHaveDuplicates().hasSize(4);
        assertThat(numbers.encode(List.of(1.0, 2L, 2.5f))).isEqualTo(ids);
        assertThat(ids[0]).isEqualTo(3);
        assertThat(unknown(numbers, 3)).isEqualTo("the vocabulary is 1, 2, 2.5");
    }

    /** A word may be a slip of the finger; single letters and numbers are all as near to each other. */
    @Test
    void nearWordsAreSuggested() {
        Codec words = codec(Value.of("elephant"), Value.of("tiger"));
        assertThat(unknown(words, "elefant"))
                .startsWith("did you mean 'elephant'? the vocabulary is 'elephant', 'tiger'");
        assertThat(unknown(words, "whale")).isEqualTo("the vocabulary is 'elephant', 'tiger'");
        Codec letters = codec(Value.of("a"), Value.of("b"));
        assertThat(unknown(letters, "c")).isEqualTo("the vocabulary is 'a', 'b'");
        assertThat(unknown(codec(Value.of("ab")), "ac")).startsWith("did you mean 'ab'? ");
        assertThat(unknown(codec(Value.of(12)), 13)).isEqualTo("the vocabulary is 12");
    }

    @Test
    void fortyTokensAreListed() {
        assertThat(unknown(many(40), -1)).endsWith("38, 39");
        assertThat(unknown(many(41), -1)).endsWith("38, 39, …");
    }

    private static Codec many(int size) {
        return codec(IntStream.range(0, size).mapToObj(Value::of).toArray(Value[]::new));
    }

    @Test
    void withoutACodecThereAreNoValues() {
        Codec bare = codec(Optional.empty(), Optional.empty());
        assertThat(bare.padding()).isEmpty();
        assertThat(refused(EngineCode.NO_CODEC, () -> bare.encode(List.of("a"))).help())
                .isPresent();
        TokenBatch tokens = TokenBatch.of(List.of(new int[] {0, 1}), OptionalInt.empty());
        Tensor logits = Tensor.of(new double[6], 1, 2, 3);
        assertThat(refused(EngineCode.NO_CODEC, () -> bare.decode(logits, tokens, 0))
                        .help())
                .isPresent();
    }

    @Test
    void aModelMayKnowNoPadding() {
        TokenEncoder known = PLAIN.encoder().orElseThrow();
        assertThat(codec(PLAIN.encoder(), PLAIN.decoder()).padding()).hasValue(known.pad());
        var without = new TokenEncoder(known.vocabulary(), known.bos(), TokenEncoder.NO_PAD);
        assertThat(codec(Optional.of(without), PLAIN.decoder()).padding()).isEmpty();
    }

    /** BOS in front has no answer; a row that does not begin with it has one everywhere, and so has one of a model without tokens. */
    @Test
    void answersBeginBehindBos() {
        TokenEncoder known = PLAIN.encoder().orElseThrow();
        int a = known.id(Value.of("a")).orElseThrow();
        TokenBatch tokens = TokenBatch.of(
                List.of(new int[] {known.bos(), a, a}, new int[] {a, a, known.pad()}), OptionalInt.of(known.pad()));
        double[] numbers = new double[2 * 3 * 3];
        for (int place = 0; place < 6; place++) {
            numbers[place * 3 + place % 3] = 1;
        }
        Tensor logits = Tensor.of(numbers, 2, 3, 3);
        Codec codec = codec(PLAIN.encoder(), PLAIN.decoder());

        assertThat(codec.decode(logits, tokens, 0)).containsExactly(Value.of(1), Value.of(2));
        assertThat(codec.decode(logits, tokens, 1)).containsExactly(Value.of(0), Value.of(1));
        assertThat(codec(Optional.empty(), PLAIN.decoder()).decode(logits, tokens, 0))
                .containsExactly(Value.of(0), Value.of(1), Value.of(2));
    }

    @Test
    void javaObjectsAreValues() {
        assertThat(JavaValues.of(List.of(
                        Value.of("v"),
                        "text",
                        'c',
                        true,
                        new BigInteger("12345678901234567890"),
                        2.5,
                        1.5f,
                        1,
                        2L,
                        (short) 3,
                        (byte) 4)))
                .containsExactly(
                        Value.of("v"),
                        Value.of("text"),
                        Value.of("c"),
                        Value.of(true),
                        IntValue.of(new BigInteger("12345678901234567890")),
                        Value.of(2.5),
                        Value.of(1.5),
                        Value.of(1),
                        Value.of(2),
                        Value.of(3),
                        Value.of(4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JavaValues.of(List.of(Stream.of())))
                .withMessageStartingWith("no RASP value: ");
    }

    @Test
    void anInputFitsBesideBos() {
        Codec codec = codec(PLAIN.encoder(), PLAIN.decoder());
        assertThat(codec.encode(List.of("a", "a", "a", "a", "a"))).hasSize(6);
        assertThatThrownBy(() -> codec.encode(List.of("a", "a", "a", "a", "a", "a")))
                .hasMessageContaining("the input has 6 tokens, but the model takes at most 5");
        assertThatThrownBy(() -> codec.encode(List.of())).hasMessageContaining("the input is empty");
    }
}
