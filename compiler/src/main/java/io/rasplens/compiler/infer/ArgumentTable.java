package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** An elementwise s-op as a function of its direct arguments, where its own variables have too many combinations. */
public final class ArgumentTable {
    private static final int MAX_COMBINATIONS = 1 << 16;

    private ArgumentTable() {}

    /** The table over the arguments that are not constant, or nothing if that is too large as well. */
    public static Optional<JointTable> of(SOp.Elementwise node, Inference inference) {
        var distinct = new LinkedHashSet<SOp>(node.arguments());
        distinct.removeIf(argument -> argument instanceof SOp.Constant);
        ImmutableList.Builder<Variable> builder = ImmutableList.builder();
        for (SOp argument : distinct) {
            if (!(inference.values(argument) instanceof ValueSet.Finite finite)) {
                return Optional.empty();
            }
            builder.add(new Variable.Computed(argument, finite.values()));
        }
        ImmutableList<Variable> variables = builder.build();
        int cells = JointTable.combinations(variables);
        if (cells > MAX_COMBINATIONS) {
            return Optional.empty();
        }
        var order = List.copyOf(distinct);
        var values = new ArrayList<Optional<Value>>(cells);
        for (int cell = 0; cell < cells; cell++) {
            values.add(apply(node, order, variables, cell));
        }
        return Optional.of(JointTable.of(variables, values));
    }

    private static Optional<Value> apply(
            SOp.Elementwise node, List<SOp> order, ImmutableList<Variable> variables, int cell) {
        Value[] atoms = new Value[order.size()];
        int rest = cell;
        for (int v = order.size() - 1; v >= 0; v--) {
            ImmutableList<Value> domain = variables.get(v).domain();
            atoms[v] = domain.get(rest % domain.size());
            rest /= domain.size();
        }
        List<Value> arguments = node.arguments().stream()
                .map(a -> a instanceof SOp.Constant constant ? constant.value() : atoms[order.indexOf(a)])
                .toList();
        try {
            return Optional.of(Operators.apply(node.operator(), arguments));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }
}
