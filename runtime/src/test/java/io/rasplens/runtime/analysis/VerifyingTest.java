package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a model that is verified, and what is made of its answers; the program says the tokens themselves. */
class VerifyingTest {
    private static final RaspProgram TOKENS = CompiledProgram.text("""
                    #@ vocab [0, 1, 2]
                    #@ max_length 3
                    result = tokens_int;
                    """, 1).program();

    private static final OutputDecoder NUMBER = new OutputDecoder.Numerical(ImmutableList.of());

    private static EchoSubject right(int... sizes) {
        return new EchoSubject(3, NUMBER, input -> EchoSubject.numbers(input, x -> x), sizes);
    }

    private static EchoSubject saying(Function<ImmutableList<Value>, double[][]> says, int tokens) {
        return new EchoSubject(tokens, NUMBER, says);
    }

    private static Verification verify(EchoSubject subject, int maxLength, int budget) {
        return new Verifier(
                        subject,
                        TOKENS,
                        VerifyOptions.of(subject.tokens(), maxLength).budget(budget))
                .verify();
    }

    private static ImmutableList<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }

    /** Inputs of one length are asked together, 256 at the most; all of them, also the last. */
    @Test
    void inputsOfOneLengthAreAskedTogether() {
        EchoSubject subject = right();
        Verification result = verify(subject, 6, 2000);

        assertThat(result.agrees()).isTrue();
        assertThat(result.checked()).isEqualTo(3 + 9 + 27 + 81 + 243 + 729);
        assertThat(subject.asked).extracting(List::size).containsExactly(3, 9, 27, 81, 243, 256, 256, 217);
    }

    /** As many together as make a million numbers of the largest activation. */
    @ParameterizedTest
    @CsvSource({
        "16384, 1, 1, 1, 16",
        "1, 16384, 1, 1, 16",
        "1, 1, 4096, 1, 16",
        "1, 1, 128, 128, 16",
        "1000000000, 1, 1, 1, 1",
        "1, 1, 1, 1, 27"
    })
    void largeModelsAreAskedLessAtOnce(int dModel, int dMlp, int heads, int dHead, int together) {
        EchoSubject subject = right(dModel, dMlp, heads, dHead);
        verify(subject, 3, 100);

        assertThat(subject.asked.stream().filter(inputs -> inputs.get(0).size() == 3))
                .extracting(List::size)
                .startsWith(together);
    }

    /** Who watches is told after each batch, and may end it. */
    @Test
    void whoWatchesMayStop() {
        EchoSubject subject = right();
        List<Long> told = new ArrayList<>();
        Verification all = watched(subject, checked -> told.add(checked));
        assertThat(told).containsExactly(3L, 12L, 39L);
        assertThat(all.exhaustive()).isTrue();

        EchoSubject again = right();
        Verification part = watched(again, checked -> checked < 12);
        assertThat(part.checked()).isEqualTo(12);
        assertThat(part.exhaustive()).isFalse();
        assertThat(again.asked).extracting(List::size).containsExactly(3, 9);
    }

    /** Inputs beyond number are not even made once somebody has stopped, and also where the program fails on all of them. */
    @Test
    @Timeout(20)
    void whoStopsWaitsForNothing() {
        VerifyOptions endless = VerifyOptions.of(right().tokens(), 50).budget(Integer.MAX_VALUE);
        assertThat(new Verifier(right(), TOKENS, endless, checked -> checked < 1000)
                        .verify()
                        .checked())
                .isBetween(1000L, 1300L);

        RaspProgram failing = CompiledProgram.text("""
                        #@ vocab [0, 1, 2]
                        #@ max_length 3
                        result = 1 / indicator(tokens_int < 2);
                        """, 1).program();
        VerifyOptions wrong = VerifyOptions.of(ints(2, 3, 4), 50).budget(Integer.MAX_VALUE);
        Verification none = new Verifier(right(), failing, wrong, checked -> checked < 1000).verify();
        assertThat(none.checked()).isBetween(1000L, 1300L).isEqualTo(none.programErrors());
    }

    private static Verification watched(EchoSubject subject, VerifyWatch watch) {
        return new Verifier(subject, TOKENS, VerifyOptions.of(subject.tokens(), 4), watch).verify();
    }

    /** A hundred mismatches are kept, the smallest first, and that once. */
    @Test
    void theSmallestMismatchComesFirst() {
        EchoSubject wrong = saying(input -> EchoSubject.numbers(input, x -> x == 1 ? 7 : x), 3);
        Verification result = verify(wrong, 6, 2000);

        assertThat(result.mismatchCount()).isEqualTo(1092 - (2 + 4 + 8 + 16 + 32 + 64));
        assertThat(result.mismatches()).hasSize(100).doesNotHaveDuplicates();
        assertThat(result.mismatches().get(0).input()).isEqualTo(ints(1));
        assertThat(result.mismatches().get(1).input()).isEqualTo(ints(0, 1));
        assertThat(result.mismatches().get(0).output()).containsExactly(Value.of(7.0));
        assertThat(result.maxError()).isEqualTo(6);
    }

    /** Of inputs drawn from many tokens none is the smallest: that takes the place of the last. */
    @Test
    void whatIsShrunkIsTriedAgain() {
        EchoSubject wrong =
                saying(input -> EchoSubject.numbers(input, x -> input.size() >= 2 && x >= 500 ? x + 1 : x), 1000);
        Verification result = verify(wrong, 9, 300);

        assertThat(result.mismatchCount()).isGreaterThan(100);
        assertThat(result.mismatches()).hasSize(100);
        assertThat(result.mismatches().get(0).input()).isEqualTo(ints(0, 500));
        assertThat(result.mismatches().get(0).position()).isEqualTo(1);
        var options = VerifyOptions.of(wrong.tokens(), 9).budget(300);
        List<ImmutableList<Value>> drawn = options.inputs().stream()
                .filter(input -> input.size() >= 2 && input.stream().anyMatch(v -> Values.toDouble(v) >= 500))
                .toList();
        for (int i = 1; i < 100; i++) {
            assertThat(result.mismatches().get(i).input()).isEqualTo(drawn.get(i - 1));
        }
        assertThat(result.divergence().orElseThrow().position()).isEqualTo(1);
    }

    /** Numbers are as wrong as their logits, whatever is decoded; what is no number at all counts as the greatest. */
    @Test
    void errorsAreThoseOfLogits() {
        Verification near = verify(saying(input -> EchoSubject.numbers(input, x -> x + 0x1p-40), 3), 2, 100);
        assertThat(near.agrees()).isTrue();
        assertThat(near.maxError()).isEqualTo(0x1p-40);

        // A listed number that is decoded right was off all the same.
        var listed = new OutputDecoder.Numerical(ints(0, 1, 2));
        Verification off =
                verify(new EchoSubject(3, listed, input -> EchoSubject.numbers(input, x -> x + 0.25)), 2, 100);
        assertThat(off.agrees()).isTrue();
        assertThat(off.maxError()).isEqualTo(0.25);
        assertThat(off.minMargin()).hasValue(0.25);

        Verification none =
                verify(saying(input -> EchoSubject.numbers(input, x -> x == 2 ? Double.NaN : x), 3), 2, 100);
        assertThat(none.agrees()).isFalse();
        assertThat(none.maxError()).isEqualTo(Double.MAX_VALUE);
        assertThat(none.mismatches().get(0).output()).contains(Value.of(Double.NaN));
        Verification infinite = verify(
                saying(input -> EchoSubject.numbers(input, x -> x == 2 ? Double.POSITIVE_INFINITY : x), 3), 2, 100);
        assertThat(infinite.maxError()).isEqualTo(Double.MAX_VALUE);
    }

    /** Of marks the value that is decoded counts, and the best mark's distance from the second. */
    @Test
    void errorsOfMarksAreThoseOfValues() {
        var decoder = new OutputDecoder.Categorical(ints(0, 1, 2));
        var subject = new EchoSubject(
                3,
                decoder,
                input -> input.stream()
                        .map(v -> v.equals(Value.of(2)) ? new double[] {1, 0, 0.75} : marks(v))
                        .toArray(double[][]::new));
        Verification result = verify(subject, 2, 100);

        assertThat(result.maxError()).isEqualTo(2);
        assertThat(result.minMargin()).hasValue(0.25);
        assertThat(result.mismatchCount()).isEqualTo(1 + 5);
    }

    private static double[] marks(Value value) {
        return IntStream.range(0, 3)
                .mapToDouble(i -> value.equals(Value.of(i)) ? 1 : 0)
                .toArray();
    }

    private static Answers.Decoded decoded(OutputDecoder decoder, double... logits) {
        return Answers.Decoded.of(logits, decoder);
    }

    /** A margin is what is between the best mark and the second; none of two best, nor where one is no number. */
    @Test
    void marginsOfMarks() {
        var decoder = new OutputDecoder.Categorical(ints(0, 1, 2));
        assertThat(decoded(decoder, 1, 4, 2)).isEqualTo(new Answers.Decoded(Value.of(1), 1, 2, false));
        assertThat(decoded(decoder, 4, 1, 2).margin()).isEqualTo(2);
        assertThat(decoded(decoder, 1, 2, 4).margin()).isEqualTo(2);
        assertThat(decoded(decoder, 4, 4, 2).margin()).isZero();
        assertThat(decoded(decoder, Double.NaN, 4, 2).margin()).isZero();
        assertThat(decoded(decoder, Double.NaN, 4, 2).broken()).isTrue();
        double low = Double.NEGATIVE_INFINITY;
        assertThat(decoded(decoder, low, low, low).margin()).isZero();
    }

    /** Of listed numbers it is the distance from half-way between two; those as near as answers may be wrong are one. */
    @Test
    void marginsOfNumbers() {
        OutputDecoder listed = new OutputDecoder.Numerical(
                ImmutableList.of(Value.of(1), Value.of(2), Value.of(2 + 1e-10), Value.of(6)));
        assertThat(decoded(listed, 1.25).margin()).isEqualTo(0.25);
        assertThat(decoded(listed, 2).margin()).isEqualTo(0.5);
        assertThat(decoded(listed, 4.5).margin()).isCloseTo(0.5, within(1e-9));
        assertThat(decoded(NUMBER, 3).margin()).isInfinite();
        OutputDecoder great = new OutputDecoder.Numerical(ImmutableList.of(Value.of(1e6), Value.of(1e6 + 5e-4)));
        assertThat(decoded(great, 1e6).margin()).isInfinite();
        assertThat(decoded(new OutputDecoder.Categorical(ints(7)), 3).margin()).isInfinite();
    }
}
