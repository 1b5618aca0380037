package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.infer.counts.TokenCounts;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Operator;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
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
        int cells = JointTable.combinations(variables);
        int[][] seen = new int[arguments.size()][];
        for (int a = 0; a < seen.length; a++) {
            seen[a] = arguments.get(a).cellsSeenFrom(variables);
        }
        boolean[] impossible = impossible(variables, cells);
        Map<Long, Optional<Value>> known = new HashMap<>();
        var results = new ArrayList<Optional<Value>>(cells);
        var values = new ArrayList<Value>(arguments.size());
        for (int cell = 0; cell < cells; cell++) {
            long key = 0;
            boolean fails = impossible[cell];
            for (int a = 0; a < seen.length && !fails; a++) {
                int index = arguments.get(a).cells().get(seen[a][cell]);
                fails = index < 0;
                key = key * arguments.get(a).values().size() + index;
            }
            if (fails) {
                results.add(Optional.empty());
                continue;
            }
            Optional<Value> result = known.get(key);
            if (result == null) {
                values.clear();
                for (int a = 0; a < seen.length; a++) {
                    JointTable argument = arguments.get(a);
                    values.add(argument.values().get(argument.cells().get(seen[a][cell])));
                }
                result = apply(operator, values);
                known.put(key, result);
            }
            results.add(result);
        }
        return JointTable.of(variables, results).overUsed();
    }

    /** The operator's value, or nothing where it fails. */
    public static Optional<Value> apply(Operator operator, List<Value> arguments) {
        return Attempt.of(() -> SignedZero.drop(Operators.apply(operator, ImmutableList.copyOf(arguments))));
    }

    /**
     * Which combinations put the index at or beyond the length, or a result of attention where too few keys are for it: fractions of
     * different denominators can't be means over the same keys.
     */
    private static boolean[] impossible(List<Variable> variables, int cells) {
        boolean[] impossible = new boolean[cells];
        int index = find(variables, Variable.Index.class);
        int length = find(variables, Variable.Length.class);
        var shape = new JointTable(ImmutableList.copyOf(variables), ImmutableList.of(), ImmutableIntArray.of());
        if (index >= 0 && length >= 0) {
            for (int cell = 0; cell < cells; cell++) {
                // Coordinate c of the length variable is the length c + 1.
                impossible[cell] = shape.coordinate(cell, index) > shape.coordinate(cell, length);
            }
        }
        outOfSituation(variables, impossible);
        for (int v = 0; v < variables.size(); v++) {
            if (variables.get(v) instanceof Variable.Computed computed
                    && computed.byCount().isPresent()) {
                ValuesByCount possible = computed.byCount().get();
                int count = possible.byIndex() ? index : length;
                if (count >= 0) {
                    for (int cell = 0; cell < cells; cell++) {
                        impossible[cell] |= !possible.canBe(shape.coordinate(cell, count), shape.coordinate(cell, v));
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
}
