package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cheap proofs about selectors, from the shape of the graph and from joint tables. "Not proved" never means "false".
 *
 * <p>The chain behind sorting: {@code select(k, k, <)} on keys that differ at all positions is a strict total order; how many
 * keys stand before a position is then a permutation of 0 to n - 1; and an equality select on a permutation picks exactly one.
 */
final class SelectorProofs {
    /** How deep a selector may nest to be seen as an order of positions. */
    private static final int MAX_DEPTH = 8;

    /** Pairs of values compared to see that a select never holds, or always. */
    private static final int MAX_PAIRS = 1 << 8;

    /** Values of a query for which it is proved one by one that a single key has them. */
    private static final int MAX_MARKS = 4;

    private final NodeMap<SOp, JointTable> tables;
    private final Map<Selector, SelectorFacts> facts = new HashMap<>();
    private final Memo<SOp, Boolean> distinct = new Memo<>(this::provenDistinct);
    private final UniqueMarks marks;
    private final OwnPosition ownPosition;
    private final SameEverywhere same;
    private final int maxLength;
    private final boolean causal;

    SelectorProofs(NodeMap<SOp, JointTable> tables, int maxLength, boolean causal) {
        this.tables = tables;
        this.marks = new UniqueMarks(tables, causal);
        this.ownPosition = new OwnPosition(tables);
        this.same = new SameEverywhere(tables, this::facts, causal);
        this.maxLength = maxLength;
        this.causal = causal;
    }

    boolean atMostOne(Selector selector) {
        return facts(selector).most() <= 1;
    }

    boolean neverEmpty(Selector selector) {
        return facts(selector).least() >= 1;
    }

    SelectorFacts facts(Selector selector) {
        SelectorFacts known = facts.get(selector);
        if (known == null) {
            throw new IllegalArgumentException(selector + " is not part of the program");
        }
        return known;
    }

    /** Called for each selector after everything below it. */
    void learn(Selector selector, @Nullable SelectorFacts seen) {
        SelectorFacts own = ofOwnPosition(selector);
        SelectorFacts structural = structural(selector);
        // Where values can't be compared at all nothing is ever selected, one's own position neither.
        structural = structural.most() == 0 ? structural : structural.and(own);
        facts.put(selector, seen == null ? structural : structural.and(seen));
        same.learn(selector);
    }

    /** Called for each s-op after everything below it, once its table is known. */
    void learn(SOp sop) {
        same.learn(sop);
    }

    /** Whether all positions of one input hold equal values of the s-op. */
    boolean sameEverywhere(SOp sop) {
        return same.holds(sop);
    }

    private SelectorFacts ofOwnPosition(Selector selector) {
        return switch (ownPosition.learn(selector)) {
            case ALWAYS -> new SelectorFacts(1, maxLength);
            case NEVER -> new SelectorFacts(0, maxLength - 1);
            case UNKNOWN -> new SelectorFacts(0, maxLength);
        };
    }

    private SelectorFacts structural(Selector selector) {
        if (selector instanceof Selector.Select select) {
            return ofSelect(select);
        }
        if (selector instanceof Selector.And and) {
            int most = Math.min(facts(and.left()).most(), facts(and.right()).most());
            return new SelectorFacts(0, isRankAmongEquals(and) ? Math.min(most, 1) : most);
        }
        if (selector instanceof Selector.Or or) {
            SelectorFacts left = facts(or.left());
            SelectorFacts right = facts(or.right());
            return new SelectorFacts(
                    Math.max(left.least(), right.least()), Math.min(maxLength, left.most() + right.most()));
        }
        SelectorFacts operand = facts(((Selector.Not) selector).operand());
        // Of one key or more, the complement of "all" is known only when n is; so only the trivial bound remains.
        return new SelectorFacts(operand.most() == 0 ? 1 : 0, operand.least() >= 1 ? maxLength - 1 : maxLength);
    }

    private SelectorFacts ofSelect(Selector.Select select) {
        SOp key = select.key();
        SOp query = select.query();
        int least = 0;
        int most = maxLength;
        if (select.comparison() == Comparison.EQUAL && (distinct(key) || isUnique(key, query))) {
            most = 1;
        }
        if (select.comparison() == Comparison.EQUAL && !causal && permutation(key) && permutation(query)) {
            least = 1;
        }
        JointTable keys = tables.get(key);
        JointTable queries = tables.get(query);
        if (keys != null
                && queries != null
                && (long) keys.values().size() * queries.values().size() <= MAX_PAIRS) {
            Predicate<Value> some =
                    k -> queries.values().stream().anyMatch(q -> Operators.holds(select.comparison(), k, q));
            Predicate<Value> all =
                    k -> queries.values().stream().allMatch(q -> Operators.holds(select.comparison(), k, q));
            if (keys.values().stream().noneMatch(some)) {
                return new SelectorFacts(0, 0);
            }
            if (keys.values().stream().allMatch(all)) {
                least = 1;
            }
        }
        return new SelectorFacts(least, Math.max(most, least));
    }

    /**
     * Whether two of the selects are {@code select(x, _, ==)} and {@code select(w, _, ==)}, w being how many positions with the same x
     * stand before in some order: of two keys with one x, the later has the greater w.
     */
    private boolean isRankAmongEquals(Selector.And and) {
        Set<SOp> equal = equalKeys(and);
        return equal.stream()
                .filter(SOp.SelectorWidth.class::isInstance)
                .map(SOp.SelectorWidth.class::cast)
                .filter(width -> width.selector() instanceof Selector.And)
                .anyMatch(width -> {
                    var counted = (Selector.And) width.selector();
                    return isRank(counted.left(), counted.right(), equal)
                            || isRank(counted.right(), counted.left(), equal);
                });
    }

    private boolean isRank(Selector same, Selector before, Set<SOp> equal) {
        return same instanceof Selector.Select select
                && select.comparison() == Comparison.EQUAL
                && select.key() == select.query()
                && equal.contains(select.key())
                && (causal ? isEarlier(before) : strictOrder(before, MAX_DEPTH, new HashSet<>()) != 0);
    }

    /** Causally only what stands before can be counted, so no other order of positions is seen whole. */
    private static boolean isEarlier(Selector selector) {
        return selector instanceof Selector.Select select
                && select.key() instanceof SOp.Indices
                && select.query() instanceof SOp.Indices
                && select.comparison() == Comparison.LESS;
    }

    /** What all keys have in common that a conjunction of selects selects for one query. */
    private static Set<SOp> equalKeys(Selector selector) {
        Set<SOp> keys = new HashSet<>();
        var open = new ArrayList<Selector>(List.of(selector));
        for (int i = 0; i < open.size() && i < 64; i++) {
            if (open.get(i) instanceof Selector.And and) {
                open.add(and.left());
                open.add(and.right());
            } else if (open.get(i) instanceof Selector.Select select && select.comparison() == Comparison.EQUAL) {
                keys.add(select.key());
            }
        }
        return keys;
    }

    /** Whether the key is equal to any value of the query at one position at most. */
    private boolean isUnique(SOp key, SOp query) {
        JointTable queries = tables.get(query);
        return queries != null
                && queries.values().size() <= MAX_MARKS
                && queries.values().stream().allMatch(mark -> marks.isUnique(key, mark));
    }

    /** Whether a constant selector holds everywhere: then its width is the length (or, causally, the index plus one). */
    boolean selectsEverything(Selector selector) {
        if (!(selector instanceof Selector.Select select)) {
            return false;
        }
        JointTable keys = tables.get(select.key());
        JointTable queries = tables.get(select.query());
        return keys != null
                && queries != null
                && (long) keys.values().size() * queries.values().size() <= 1 << 16
                && keys.values().stream()
                        .allMatch(k ->
                                queries.values().stream().allMatch(q -> Operators.holds(select.comparison(), k, q)));
    }

    /** Whether no two positions of one input can hold equal values. */
    boolean distinct(SOp sop) {
        return distinct.get(sop);
    }

    private boolean provenDistinct(SOp sop) {
        return maxLength == 1 || permutation(sop) || distinctByIndex(sop);
    }

    /** Whether the values on an input of length n are 0 to n - 1, each once. */
    boolean permutation(SOp sop) {
        return PositionLine.isPermutation(sop, this::isLength)
                || (!causal
                        && sop instanceof SOp.SelectorWidth width
                        && strictOrder(width.selector(), MAX_DEPTH, new HashSet<>()) != 0);
    }

    private boolean isLength(SOp sop) {
        return !causal && sop instanceof SOp.SelectorWidth width && selectsEverything(width.selector());
    }

    /**
     * 1 if the selector orders the positions of any input strictly and totally with smaller ones as keys, -1 if with greater
     * ones, 0 if not known.
     */
    private int strictOrder(Selector selector, int depth, Set<Selector> open) {
        if (depth == 0 || !open.add(selector)) {
            return 0;
        }
        if (selector instanceof Selector.Select select && select.key() == select.query()) {
            int direction = strict(select.comparison());
            return direction != 0 && distinct(select.key()) ? direction : 0;
        }
        if (selector instanceof Selector.Or or) {
            int one = lexicographic(or.left(), or.right(), depth, open);
            return one != 0 ? one : lexicographic(or.right(), or.left(), depth, open);
        }
        return 0;
    }

    /** {@code select(a, a, <) or (select(a, a, ==) and R)}, R a strict total order: 1; the direction of R doesn't matter. */
    private int lexicographic(Selector first, Selector rest, int depth, Set<Selector> open) {
        if (!(first instanceof Selector.Select major)
                || major.key() != major.query()
                || strict(major.comparison()) == 0
                || !(rest instanceof Selector.And and)) {
            return 0;
        }
        for (int side = 0; side < 2; side++) {
            Selector tie = side == 0 ? and.left() : and.right();
            Selector minor = side == 0 ? and.right() : and.left();
            if (tie instanceof Selector.Select equal
                    && equal.comparison() == Comparison.EQUAL
                    && equal.key() == major.key()
                    && equal.query() == major.key()
                    && strictOrder(minor, depth - 1, open) != 0) {
                return strict(major.comparison());
            }
        }
        return 0;
    }

    private static int strict(Comparison comparison) {
        return comparison == Comparison.LESS ? 1 : comparison == Comparison.GREATER ? -1 : 0;
    }

    /** Values at different indices come from sets that don't meet. */
    private boolean distinctByIndex(SOp sop) {
        JointTable table = tables.get(sop);
        if (table == null || table.indexVariable().isEmpty()) {
            return false;
        }
        int index = table.indexVariable().getAsInt();
        int[] owner = new int[table.values().size()];
        // The table's values may hold 1 and 1.0, which are equal to a selector.
        List<Value> values = table.values();
        int[] canonical = new int[owner.length];
        for (int v = 0; v < canonical.length; v++) {
            canonical[v] = v > 0 && values.get(v).raspEquals(values.get(v - 1)) ? canonical[v - 1] : v;
        }
        int length = lengthVariable(table);
        // The length is the same at all positions, so only values at one length need to differ.
        int lengths = length < 0 ? 1 : table.variables().get(length).domain().size();
        for (int n = 0; n < lengths; n++) {
            java.util.Arrays.fill(owner, -1);
            for (int cell = 0; cell < table.cells().length(); cell++) {
                int value = table.cells().get(cell);
                if (value < 0 || (length >= 0 && table.coordinate(cell, length) != n)) {
                    continue;
                }
                int at = table.coordinate(cell, index);
                int slot = canonical[value];
                if (owner[slot] >= 0 && owner[slot] != at) {
                    return false;
                }
                owner[slot] = at;
            }
        }
        return true;
    }

    private static int lengthVariable(JointTable table) {
        for (int v = 0; v < table.variables().size(); v++) {
            if (table.variables().get(v) instanceof Variable.Length) {
                return v;
            }
        }
        return -1;
    }

    /** Whether all keys that a query selects hold equal values of the sequence. */
    boolean selectsEqualValues(Selector selector, SOp sequence) {
        if (atMostOne(selector) || sameEverywhere(sequence)) {
            return true;
        }
        JointTable values = tables.get(sequence);
        if (values != null && allEqual(values.values())) {
            return true;
        }
        return equalKeys(selector).stream().anyMatch(key -> determines(key, sequence));
    }

    private static boolean allEqual(ImmutableList<Value> values) {
        return values.stream().allMatch(v -> v.raspEquals(values.get(0)));
    }

    /** Whether two positions of one input with equal {@code key} have equal {@code sequence}. */
    private boolean determines(SOp lastKey, SOp sequence) {
        SOp key = lastKey;
        // How many stand before one in a weak order is equal for two positions exactly if their keys are.
        while (!causal
                && key != sequence
                && key instanceof SOp.SelectorWidth width
                && width.selector() instanceof Selector.Select select
                && select.key() == select.query()
                && select.comparison() != Comparison.EQUAL
                && select.comparison() != Comparison.NOT_EQUAL) {
            key = select.key();
        }
        if (key == sequence || distinct(key)) {
            return true;
        }
        JointTable keys = tables.get(key);
        JointTable values = tables.get(sequence);
        if (keys == null || values == null) {
            return false;
        }
        ImmutableList<Variable> variables = ElementwiseTable.variables(List.of(keys, values));
        if (JointTable.combinations(variables) > 1 << 16) {
            return false;
        }
        int[] keyCells = keys.cellsSeenFrom(variables);
        int[] valueCells = values.cellsSeenFrom(variables);
        Map<Integer, Value> valueOf = new HashMap<>();
        int[] canonical = new int[keys.values().size()];
        for (int v = 1; v < canonical.length; v++) {
            canonical[v] = keys.values().get(v).raspEquals(keys.values().get(v - 1)) ? canonical[v - 1] : v;
        }
        for (int i = 0; i < keyCells.length; i++) {
            int k = keys.cells().get(keyCells[i]);
            int v = values.cells().get(valueCells[i]);
            if (k >= 0 && v >= 0) {
                Value before = valueOf.putIfAbsent(canonical[k], values.values().get(v));
                if (before != null && !before.raspEquals(values.values().get(v))) {
                    return false;
                }
            }
        }
        return true;
    }
}
