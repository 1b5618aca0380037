package io.rasplens.compiler.infer.counts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountsTest {
    private static CompileTarget target(int tokens, int longest, String directives) {
        return RaspCompiler.elaborate(
                        SourceFile.of("x.rasp", directives + "x = indices;"), new MemoryLoader(ImmutableMap.of()))
                .then(elaboration -> RaspCompiler.elaborateTarget(
                        elaboration,
                        CompileOptions.DEFAULT
                                .vocabulary(IntStream.range(0, tokens)
                                        .mapToObj(Value::of)
                                        .collect(ImmutableList.toImmutableList()))
                                .maxLength(longest)))
                .orThrow();
    }

    /** How often each token stands in each input, one token after another, as {@code {0=2, 1=1}}. */
    private static Set<SortedMap<Integer, Integer>> allInputs(int tokens, int longest) {
        Set<SortedMap<Integer, Integer>> all = new HashSet<>();
        Set<List<Integer>> inputs = Set.of(List.of());
        for (int n = 1; n <= longest; n++) {
            Set<List<Integer>> longer = new HashSet<>();
            for (List<Integer> input : inputs) {
                for (int token = 0; token < tokens; token++) {
                    List<Integer> next = ImmutableList.<Integer>builder()
                            .addAll(input)
                            .add(token)
                            .build();
                    longer.add(next);
                    var counts = new TreeMap<Integer, Integer>();
                    next.forEach(t -> counts.merge(t, 1, Integer::sum));
                    all.add(counts);
                }
            }
            inputs = longer;
        }
        return all;
    }

    private static List<SortedMap<Integer, Integer>> listed(TokenCounts counts) {
        return counts.multisets().stream()
                .<SortedMap<Integer, Integer>>map(input -> {
                    var map = new TreeMap<Integer, Integer>();
                    for (int i = 0; i < input.tokens().length; i++) {
                        map.put(input.tokens()[i], input.counts()[i]);
                    }
                    return map;
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "2, 4", "3, 4", "4, 3"})
    void everyInputIsCountedOnce(int tokens, int longest) {
        TokenCounts counts = TokenCounts.of(target(tokens, longest, "")).orElseThrow();

        assertThat(listed(counts)).containsExactlyInAnyOrderElementsOf(allInputs(tokens, longest));
        situationsAreOfTheirTokensAndLengths(counts);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "2, 4", "3, 4", "4, 3"})
    void neighboursAreThoseOfTheLongestInputsWithTwoTokensAtMost(int tokens, int longest) {
        TokenCounts counts =
                TokenCounts.ofNeighbours(target(tokens, longest, "")).orElseThrow();

        assertThat(listed(counts))
                .containsExactlyInAnyOrderElementsOf(allInputs(tokens, longest).stream()
                        .filter(input ->
                                input.values().stream().mapToInt(count -> count).sum() == longest)
                        .filter(input -> input.size() <= 2 && input.lastKey() - input.firstKey() <= 1)
                        .toList());
        situationsAreOfTheirTokensAndLengths(counts);
    }

    private static void situationsAreOfTheirTokensAndLengths(TokenCounts counts) {
        int situation = 0;
        for (TokenCounts.Multiset input : counts.multisets()) {
            assertThat(input.first()).isEqualTo(situation);
            assertThat(IntStream.of(input.counts()).sum()).isEqualTo(input.size());
            for (int token : input.tokens()) {
                assertThat(counts.ofToken(token).get(situation)).isTrue();
                assertThat(counts.ofLength(input.size() - 1).get(situation)).isTrue();
                situation++;
            }
        }
        assertThat(counts.situations()).isEqualTo(situation);
    }

    @Test
    void nobodyListsTooMany() {
        assertThat(TokenCounts.of(target(26, 20, ""))).isEmpty();
        assertThat(TokenCounts.ofNeighbours(target(100, 100, ""))).isEmpty();
    }

    /** There a position sees a part of the input only. */
    @Test
    void causallyThereAreNone() {
        assertThat(TokenCounts.of(target(2, 3, "#@ causal\n"))).isEmpty();
        assertThat(TokenCounts.ofNeighbours(target(2, 3, "#@ causal\n"))).isEmpty();
    }
}
