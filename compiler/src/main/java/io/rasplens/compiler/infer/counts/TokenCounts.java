package io.rasplens.compiler.infer.counts;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.CompileTarget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * How often each token can stand in an input, and which of them stands at one's own position: a <em>situation</em>. An s-op that never
 * looks at positions is a function of it, but for the order in which floats are added.
 */
public final class TokenCounts {
    /** Beyond it inputs have too many different counts to be looked at one by one. */
    private static final int MOST_SITUATIONS = 1 << 12;

    /**
     * Inputs that hold each token equally often; the i-th of the tokens that stand in them, ascending, has situation {@code first + i}. They
     * are six at the most: with more different tokens in an input there are more situations than {@link #MOST_SITUATIONS}.
     *
     * @param tokens those that stand in the inputs
     * @param counts how often each of these does
     * @param size of the inputs
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Multiset(int[] tokens, int[] counts, int size, int first) {
        private static Multiset of(int[] perToken, int size, int first) {
            int present = 0;
            for (int count : perToken) {
                present += count > 0 ? 1 : 0;
            }
            int[] tokens = new int[present];
            int[] counts = new int[present];
            for (int token = perToken.length - 1; token >= 0; token--) {
                if (perToken[token] > 0) {
                    present--;
                    tokens[present] = token;
                    counts[present] = perToken[token];
                }
            }
            return new Multiset(tokens, counts, size, first);
        }
    }

    private final ImmutableList<Multiset> multisets;
    private final int situations;
    private final ImmutableList<BitSet> byToken;
    private final ImmutableList<BitSet> byLength;

    private TokenCounts(List<Multiset> multisets, int situations, int tokens, int longest) {
        this.multisets = ImmutableList.copyOf(multisets);
        this.situations = situations;
        this.byToken = empty(tokens);
        this.byLength = empty(longest);
        for (Multiset multiset : multisets) {
            int situation = multiset.first();
            for (int token : multiset.tokens()) {
                byToken.get(token).set(situation);
                byLength.get(multiset.size() - 1).set(situation);
                situation++;
            }
        }
    }

    private static ImmutableList<BitSet> empty(int count) {
        ImmutableList.Builder<BitSet> sets = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            sets.add(new BitSet());
        }
        return sets.build();
    }

    /** All of them; nothing where they are too many, or where a position sees a part of the input only. */
    public static Optional<TokenCounts> of(CompileTarget target) {
        int tokens = target.vocabulary().size();
        if (target.program().causal() || isMore(tokens, target.maxLength())) {
            return Optional.empty();
        }
        var multisets = new ArrayList<Multiset>();
        int situations = 0;
        for (int size = 1; size <= target.maxLength(); size++) {
            int[] counts = new int[tokens];
            counts[0] = size;
            while (true) {
                var multiset = Multiset.of(counts, size, situations);
                multisets.add(multiset);
                situations += multiset.tokens().length;
                if (situations > MOST_SITUATIONS) {
                    return Optional.empty();
                }
                if (!advance(counts)) {
                    break;
                }
            }
        }
        return Optional.of(new TokenCounts(multisets, situations, tokens, target.maxLength()));
    }

    /** Those of the longest inputs that hold one token, or two which are neighbours in the vocabulary: few, where there are many of all. */
    public static Optional<TokenCounts> ofNeighbours(CompileTarget target) {
        int tokens = target.vocabulary().size();
        int size = target.maxLength();
        if (target.program().causal() || 2L * tokens * size > MOST_SITUATIONS) {
            return Optional.empty();
        }
        var multisets = new ArrayList<Multiset>();
        int situations = 0;
        for (int token = 0; token < tokens; token++) {
            for (int next = token + 1 < tokens ? size - 1 : 0; next >= 0; next--) {
                int[] counts = new int[tokens];
                counts[token] = size - next;
                counts[Math.min(token + 1, tokens - 1)] += next;
                var multiset = Multiset.of(counts, size, situations);
                multisets.add(multiset);
                situations += multiset.tokens().length;
            }
        }
        return Optional.of(new TokenCounts(multisets, situations, tokens, size));
    }

    /** Whether there are surely too many, so that nobody begins to list them. */
    private static boolean isMore(int tokens, int longest) {
        double multisets = 1;
        for (int n = 1; n <= longest && multisets <= MOST_SITUATIONS; n++) {
            multisets *= (double) (tokens + n) / n;
        }
        return multisets - 1 > MOST_SITUATIONS;
    }

    /** The next composition of the same sum: one moves from the last filled place before the end to its neighbour, with all of the end. */
    private static boolean advance(int[] counts) {
        int end = counts.length - 1;
        int at = end - 1;
        while (at >= 0 && counts[at] == 0) {
            at--;
        }
        if (at < 0) {
            return false;
        }
        int moved = counts[end] + 1;
        counts[end] = 0;
        counts[at]--;
        counts[at + 1] = moved;
        return true;
    }

    public ImmutableList<Multiset> multisets() {
        return multisets;
    }

    /** How many situations there are. */
    public int situations() {
        return situations;
    }

    /** All situations. */
    public BitSet all() {
        var all = new BitSet(situations);
        all.set(0, situations);
        return all;
    }

    /** The situations of a token at one's own position. */
    public BitSet ofToken(int token) {
        return byToken.get(token);
    }

    /** The situations in inputs of a length, counted from 0 for one. */
    public BitSet ofLength(int place) {
        return byLength.get(place);
    }
}
