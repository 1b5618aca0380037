package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.infer.counts.TokenCounts;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Operator;
import io.rasplens.grammar.value.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Enumerates an elementwise s-op over the variables that its arguments share. */
public final class ElementwiseTable {
    /** Combinations of variables enumerated for one s-op. */
    static final int MAX_COMBINATIONS = 1 << 16;

    /** The same where situations tell which of them there are. */
    private static final int MAX_SITUATED = 1 << 18;

    private ElementwiseTable() {}

    /** The variables of all arguments, each once, in rank order. */
    static ImmutableList<Variable> variables(List<JointTable> arguments) {
        var byRank = new TreeMap<Integer, Variable>();
        for (JointTable argument : arguments) {
            argument.variables().forEach(variable -> byRank.put(Variable.rank(variable), variable));
        }
        return ImmutableList.copyOf(byRank.values());
    }

    /** How many combinations may be written out for one function; more where situations tell of all, so that most of them can't be. */
    static int mostCombinations(List<Variable> variables) {
        return variables.stream().anyMatch(Variable.Computed.class::isInstance)
                        && variables.stream().allMatch(Situations::tellOf)
                ? MAX_SITUATED
                : MAX_COMBINATIONS;
    }

    /** The operator on the arguments, for every combination of {@code variables}. */
    static JointTable of(Operator operator, List<JointTable> arguments, ImmutableList<Variable> variables) {
        boolean[] impossible = impossible(variables, JointTable.combinations(variables));
        var known = new NumberedResults(operator, arguments, impossible.length);
        int[][] seen = new int[arguments.size()][];
        for (int a = 0; a < seen.length; a++) {
            seen[a] = arguments.get(a).cellsSeenFrom(variables);
        }
        int[] cells = new int[impossible.length];
        int[] places = new int[seen.length];
        for (int cell = 0; cell < cells.length; cell++) {
            boolean fails = impossible[cell];
            for (int a = 0; a < seen.length && !fails; a++) {
                places[a] = arguments.get(a).cells().get(seen[a][cell]);
                fails = places[a] < 0;
            }
            cells[cell] = fails ? -1 : known.of(places);
        }
        return JointTable.numbered(variables, known.numbering, cells).overUsed();
    }

    /** The operator's value, or nothing where it fails. */
    public static Optional<Value> apply(Operator operator, List<Value> arguments) {
        return Attempt.of(() -> SignedZero.drop(Operators.apply(operator, ImmutableList.copyOf(arguments))));
    }

    /**
     * Which combinations put the index at or beyond the length, or a result of attention where too few keys are for it: fractions of
     * different denominators can't be means over the same keys.
     */
    static boolean[] impossible(List<Variable> variables, int cells) {
        boolean[] impossible = new boolean[cells];
        int index = find(variables, Variable.Index.class);
        int length = find(variables, Variable.Length.class);
        var shape = new JointTable(ImmutableList.copyOf(variables), ImmutableList.of(), ImmutableIntArray.of());
        if (index >= 0 && length >= 0) {
            int[] indices = JointTable.coordinates(variables, index);
            int[] lengths = JointTable.coordinates(variables, length);
            for (int cell = 0; cell < cells; cell++) {
                // Coordinate c of the length variable is the length c + 1.
                impossible[cell] = indices[cell] > lengths[cell];
            }
        }
        outOfSituation(variables, impossible);
        for (int v = 0; v < variables.size(); v++) {
            Optional<ValuesByCount> known =
                    (index >= 0 || length >= 0) && variables.get(v) instanceof Variable.Computed computed
                            ? computed.byCount()
                            : Optional.empty();
            if (known.isPresent()) {
                ValuesByCount possible = known.get();
                int count = possible.byIndex() ? index : length;
                if (count >= 0) {
                    int[] counts = JointTable.coordinates(variables, count);
                    int[] values = JointTable.coordinates(variables, v);
                    for (int cell = 0; cell < cells; cell++) {
                        impossible[cell] |= !possible.canBe(counts[cell], values[cell]);
                    }
                }
            }
        }
        if (index < 0) {
            addApart(impossible, shape, true);
        }
        if (length < 0) {
            addApart(impossible, shape, false);
        }
        return impossible;
    }

    /** Combinations of values that no input has together, however often each token stands in it. */
    private static void outOfSituation(List<Variable> variables, boolean[] impossible) {
        if (variables.size() == 1 && variables.get(0) instanceof Variable.Computed alone && alone.allOccur()) {
            return;
        }
        Optional<TokenCounts> counts = variables.stream()
                .filter(Variable.Computed.class::isInstance)
                .flatMap(variable -> ((Variable.Computed) variable).counts().stream())
                .findFirst();
        if (counts.isPresent()) {
            var can = new BitSet(impossible.length);
            new Situations(counts.get()).combinations(variables, (cell, situations) -> can.set(cell));
            for (int cell = 0; cell < impossible.length; cell++) {
                impossible[cell] |= !can.get(cell);
            }
        }
    }

    /** Adds the combinations of attention results of which there are some at no position together, or at no length. */
    private static void addApart(boolean[] impossible, JointTable shape, boolean byIndex) {
        // What occurs where is worked out where it is asked for, and one variable alone is never apart.
        if (shape.variables().stream()
                        .filter(Variable.Computed.class::isInstance)
                        .count()
                < 2) {
            return;
        }
        Map<Integer, ValuesByCount> counted = new LinkedHashMap<>();
        for (int v = 0; v < shape.variables().size(); v++) {
            if (shape.variables().get(v) instanceof Variable.Computed computed) {
                int place = v;
                computed.byCount()
                        .filter(possible -> possible.byIndex() == byIndex)
                        .ifPresent(possible -> counted.put(place, possible));
            }
        }
        if (counted.size() < 2) {
            return;
        }
        for (int cell = 0; cell < impossible.length; cell++) {
            if (!impossible[cell]) {
                int at = cell;
                impossible[cell] = counted.entrySet().stream()
                        .map(entry -> entry.getValue().where(shape.coordinate(at, entry.getKey())))
                        .reduce(ElementwiseTable::both)
                        .filter(BitSet::isEmpty)
                        .isPresent();
            }
        }
    }

    private static BitSet both(BitSet one, BitSet other) {
        var both = (BitSet) one.clone();
        both.and(other);
        return both;
    }

    private static int find(List<Variable> variables, Class<? extends Variable> kind) {
        for (int v = 0; v < variables.size(); v++) {
            if (kind.isInstance(variables.get(v))) {
                return v;
            }
        }
        return -1;
    }

    /** What an operator makes of the values of tables, each combination of them computed once and each result numbered once. */
    private static final class NumberedResults {
        private static final int NONE = -1;
        private static final int UNKNOWN = -2;

        private final Operator operator;
        private final List<JointTable> arguments;
        private final JointTable.Numbering numbering = new JointTable.Numbering();

        /** By combination, where there are not many more of them than can be met. */
        private final int[] dense;

        private final Map<Long, Integer> sparse = new HashMap<>();

        /** @param cells in which combinations are met: there are no more of them */
        NumberedResults(Operator operator, List<JointTable> arguments, int cells) {
            this.operator = operator;
            this.arguments = arguments;
            long combinations = 1;
            for (JointTable argument : arguments) {
                combinations = LongMath.saturatedMultiply(
                        combinations, argument.values().size());
            }
            this.dense = new int[combinations <= 4L * cells ? (int) combinations : 0];
            Arrays.fill(dense, UNKNOWN);
        }

        /** The number of the result for the arguments' values of these places; -1 where the operator fails. */
        int of(int[] places) {
            long combination = 0;
            for (int a = 0; a < places.length; a++) {
                combination = combination * arguments.get(a).values().size() + places[a];
            }
            if (dense.length == 0) {
                return sparse.computeIfAbsent(combination, met -> number(places));
            }
            int place = (int) combination;
            if (dense[place] == UNKNOWN) {
                dense[place] = number(places);
            }
            return dense[place];
        }

        private int number(int[] places) {
            var values = new Value[places.length];
            for (int a = 0; a < values.length; a++) {
                values[a] = arguments.get(a).values().get(places[a]);
            }
            return apply(operator, Arrays.asList(values)).map(numbering::of).orElse(NONE);
        }
    }
}
