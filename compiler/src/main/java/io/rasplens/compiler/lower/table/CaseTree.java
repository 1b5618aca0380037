package io.rasplens.compiler.lower.table;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A function of several one-hot variables and one number, as cases: a decision diagram over the one-hots whose leaves are
 * functions of the number ("rows"). Cells without a value agree with any.
 *
 * <p>A test {@code x ∈ S} of a one-hot is an affine form, so the tests of a whole path are one as well: a path costs hidden units only
 * for what its row does differently from the default row, which needs no tests.
 *
 * @param paths exclude each other, and one of them holds for every combination of the one-hots
 */
record CaseTree(ImmutableList<Path> paths) {
    /** Rows tried as the default. */
    private static final int MAX_DEFAULTS = 64;

    /** The tested variable (a position in the order of testing) has one of the values. */
    record ValueIn(int variable, BitSet values) {}

    /**
     * @param row a value per point of the number, -1 where the function has none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Path(ImmutableList<ValueIn> tests, int[] row) {}

    /**
     * Splits by one variable after the other.
     *
     * @param domains sizes of the tested variables, in the order of testing
     * @param cells values with the first tested variable running slowest and the number fastest
     * @param limit nothing is returned for more paths than this
     */
    static Optional<CaseTree> of(int[] domains, int[] cells, int limit) {
        var paths = new ArrayList<Path>();
        return split(domains, 0, cells, ImmutableList.of(), paths, limit)
                ? Optional.of(new CaseTree(ImmutableList.copyOf(paths)))
                : Optional.empty();
    }

    private static boolean split(
            int[] domains, int level, int[] cells, ImmutableList<ValueIn> tests, List<Path> paths, int limit) {
        if (level == domains.length) {
            paths.add(new Path(tests, cells));
            return paths.size() <= limit;
        }
        int size = cells.length / domains[level];
        var groups = new ArrayList<ValueGroup>();
        for (int value = 0; value < domains[level]; value++) {
            int[] part = Arrays.copyOfRange(cells, value * size, (value + 1) * size);
            ValueGroup home = null;
            for (ValueGroup group : groups) {
                if (group.agrees(part)) {
                    home = group;
                    break;
                }
            }
            if (home == null) {
                home = new ValueGroup(part);
                groups.add(home);
                if (paths.size() + groups.size() > limit) {
                    // Each group is a path at least.
                    return false;
                }
            }
            home.join(value, part);
        }
        for (ValueGroup group : groups) {
            ImmutableList<ValueIn> longer = groups.size() == 1
                    ? tests
                    : ImmutableList.<ValueIn>builder()
                            .addAll(tests)
                            .add(new ValueIn(level, group.values))
                            .build();
            if (!split(domains, level + 1, group.cells, longer, paths, limit)) {
                return false;
            }
        }
        return true;
    }

    private static final class ValueGroup {
        private final BitSet values = new BitSet();
        private final int[] cells;

        ValueGroup(int[] cells) {
            this.cells = cells.clone();
        }

        boolean agrees(int[] part) {
            for (int i = 0; i < part.length; i++) {
                if (part[i] >= 0 && cells[i] >= 0 && part[i] != cells[i]) {
                    return false;
                }
            }
            return true;
        }

        void join(int value, int[] part) {
            values.set(value);
            for (int i = 0; i < part.length; i++) {
                if (cells[i] < 0) {
                    cells[i] = part[i];
                }
            }
        }
    }

    /** Hidden units if {@code row} is the default: two for each of its changes, and those of the paths that differ. */
    int units(int[] row) {
        int[] plain = filled(row);
        int units = 2 * changes(plain);
        for (Path path : paths) {
            units += extraUnits(plain, path.row());
        }
        return units;
    }

    /** The row that is cheapest as the default, all its cells filled. */
    int[] cheapestDefault() {
        return paths.stream()
                .map(Path::row)
                .limit(MAX_DEFAULTS)
                .min(Comparator.comparingInt(this::units))
                .map(CaseTree::filled)
                .orElseThrow();
    }

    private static int extraUnits(int[] plain, int[] row) {
        int[] own = like(plain, row);
        int units = own[0] == plain[0] ? 0 : 1;
        for (int k = 1; k < own.length; k++) {
            boolean same = own[k] == plain[k] && own[k - 1] == plain[k - 1];
            boolean still = own[k] == own[k - 1] && plain[k] == plain[k - 1];
            units += same || still ? 0 : 2;
        }
        return units;
    }

    private static int changes(int[] row) {
        int changes = 0;
        for (int k = 1; k < row.length; k++) {
            changes += row[k] == row[k - 1] ? 0 : 1;
        }
        return changes;
    }

    /** A row with its gaps filled from the left (and before the first value, from the right). */
    static int[] filled(int[] row) {
        int[] full = row.clone();
        int last = -1;
        for (int k = 0; k < full.length; k++) {
            if (full[k] < 0) {
                full[k] = last;
            }
            last = full[k];
        }
        for (int k = full.length - 1; k >= 0; k--) {
            if (full[k] < 0) {
                full[k] = last;
            }
            last = full[k];
        }
        return full;
    }

    /** A row with its gaps filled as the default row is, until it leaves it; then from the left. */
    static int[] like(int[] plain, int[] row) {
        int[] full = row.clone();
        for (int k = 0; k < full.length; k++) {
            if (full[k] < 0) {
                full[k] = k == 0 || full[k - 1] == plain[k - 1] ? plain[k] : full[k - 1];
            }
        }
        return full;
    }
}
