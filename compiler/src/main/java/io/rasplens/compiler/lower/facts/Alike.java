package io.rasplens.compiler.lower.facts;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.interpret.NearNumbers;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which values of an s-op are as good as one: numbers that sums in another order give, where all that is computed from them is equal,
 * or as near as they are and only shown.
 */
public final class Alike {
    private static final NearNumbers SAME_SUM = new NearNumbers(NearNumbers.SAME_SUM);

    private final SOp node;
    private final Map<SOp, JointTable> functions = new LinkedHashMap<>();
    private final Set<SOp> shared = new HashSet<>();

    /** Of the values of one s-op. */
    public Alike(Facts facts, SOp node) {
        this.node = node;
        List<ProgramNode> all = facts.nodes();
        for (ProgramNode each : all) {
            if (each instanceof SOp sop) {
                facts.inference()
                        .table(sop)
                        .filter(table -> variable(table).isPresent())
                        .ifPresent(table -> functions.put(sop, table));
            }
        }
        for (ProgramNode each : all) {
            for (ProgramNode operand : each.operands()) {
                if (operand instanceof SOp sop && functions.containsKey(sop) && !functions.containsKey(each)) {
                    shared.add(sop);
                }
            }
        }
    }

    /** Whether nothing that is computed from them tells two values of the s-op apart. */
    public boolean are(Value one, Value other) {
        return isNear(one, other)
                && functions.entrySet().stream().allMatch(each -> areAlike(each.getKey(), each.getValue(), one, other));
    }

    private boolean areAlike(SOp function, JointTable table, Value one, Value other) {
        int variable = variable(table).orElseThrow();
        List<Value> domain = table.variables().get(variable).domain();
        int[] coordinates = table.coordinates(variable);
        int from = domain.indexOf(one);
        int stride = stride(table, variable) * (domain.indexOf(other) - from);
        return IntStream.range(0, coordinates.length)
                .filter(cell -> coordinates[cell] == from)
                .allMatch(cell -> isAlike(function, table.value(cell), table.value(cell + stride)));
    }

    /** Where the program has no answer for either any will do; an answer for one of them is not to be lost. */
    private boolean isAlike(SOp function, Optional<Value> one, Optional<Value> other) {
        return one.equals(other)
                || (one.isPresent()
                        && other.isPresent()
                        && !shared.contains(function)
                        && isNear(one.get(), other.get()));
    }

    private static boolean isNear(Value one, Value other) {
        return Values.isNumber(one)
                && Values.isNumber(other)
                && SAME_SUM.are(Values.toDouble(one), Values.toDouble(other));
    }

    private static int stride(JointTable table, int variable) {
        return JointTable.combinations(
                table.variables().subList(variable + 1, table.variables().size()));
    }

    private Optional<Integer> variable(JointTable table) {
        return IntStream.range(0, table.variables().size())
                .filter(v -> table.variables().get(v) instanceof Variable.Computed computed && computed.sop() == node)
                .boxed()
                .findFirst();
    }
}
