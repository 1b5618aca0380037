package io.rasplens.grammar.diagnostic;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what somebody probably meant by a name that doesn't exist. */
public final class NearNames {
    /** A name much longer than this is no slip of the finger, and comparing it would take long. */
    private static final int LONGEST = 200;

    private NearNames() {}

    /** A candidate and the number of edits that lead to it. */
    private record Ranked(String name, int distance) {}

    /**
     * The known names that are at most a third of their letters (at least one) away, nearest first, at equal distance in the
     * order given. A difference of letter case alone counts half a letter. Names must have something in common: to a name of
     * one letter, no other letter is near.
     */
    public static ImmutableList<String> of(String name, Collection<String> known, int most) {
        if (name.length() > LONGEST) {
            return ImmutableList.of();
        }
        return known.stream()
                .filter(candidate -> candidate.length() <= LONGEST && !candidate.equals(name))
                .map(candidate -> new Ranked(candidate, distance(name, candidate)))
                .filter(ranked -> ranked.distance <= mostEdits(name.length(), ranked.name.length()))
                .sorted(Comparator.comparingInt(Ranked::distance))
                .limit(most)
                .map(Ranked::name)
                .collect(ImmutableList.toImmutableList());
    }

    private static int mostEdits(int length, int other) {
        int longer = Math.max(length, other);
        return longer == 1 ? 1 : 2 * Math.max(1, longer / 3);
    }

    /** {@code did you mean 'tokens'?} or {@code did you mean 'a' or 'b'?}; empty when nothing is near. */
    public static Optional<String> question(String name, Collection<String> known) {
        List<String> near = of(name, known, 2);
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of(near.stream()
                        .map(n -> "'" + n + "'")
                        .collect(Collectors.joining(" or ", "did you mean ", "?")));
    }

    /**
     * Twice the number of letters to insert, delete, replace or swap with their neighbour (Damerau-Levenshtein, each place
     * edited once); 1 for a difference of letter case alone.
     */
    private static int distance(String from, String to) {
        if (from.toLowerCase(Locale.ROOT).equals(to.toLowerCase(Locale.ROOT))) {
            return 1;
        }
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return 2 * last[to.length()];
    }
}
