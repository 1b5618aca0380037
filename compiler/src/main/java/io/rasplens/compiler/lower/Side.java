package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What selects compare on one of their sides: an s-op, or the one variable that several s-ops are functions of ({@code indices - 1} and
 * {@code indices + 1} are told by the position). Constants beside them say nothing.
 *
 * @param sop absent for a variable
 * @param root the s-op or the variable, whichever tells sides apart
 */
record Side(Optional<SOp> sop, Object root, ImmutableList<Value> values) {

    /** The side of s-ops that all have the same root. */
    static Side of(Iterable<SOp> sops, Lowerer lowerer) {
        Set<SOp> moving = new LinkedHashSet<>();
        for (SOp sop : sops) {
            if (isMoving(sop, lowerer)) {
                moving.add(sop);
            }
        }
        if (moving.size() > 1) {
            Variable variable = variable(moving.iterator().next(), lowerer).orElseThrow();
            return new Side(Optional.empty(), variable, variable.domain());
        }
        SOp sop = moving.isEmpty() ? sops.iterator().next() : moving.iterator().next();
        return new Side(Optional.of(sop), sop, lowerer.values(sop));
    }

    static boolean isMoving(SOp sop, Lowerer lowerer) {
        return lowerer.values(sop).size() > 1;
    }

    /** The one variable of which the s-op is a function, if it stands in the stream as a one-hot. */
    static Optional<Variable> variable(SOp sop, Lowerer lowerer) {
        return lowerer.table(sop)
                .filter(table -> table.variables().size() == 1)
                .map(table -> table.variables().get(0))
                .filter(lowerer.functions()::isOneHot);
    }

    boolean isNumeric() {
        return values.stream().allMatch(Value::isNumeric);
    }

    /** The value of one of the s-ops where the side has its {@code place}-th value; empty where it fails. */
    Optional<Value> value(SOp of, int place, Lowerer lowerer) {
        if (!isMoving(of, lowerer)) {
            return Optional.of(lowerer.values(of).get(0));
        }
        return sop.isPresent()
                ? Optional.of(values.get(place))
                : lowerer.table(of).orElseThrow().value(place);
    }

    OneHot oneHot(Lowerer lowerer) {
        return sop.isPresent()
                ? lowerer.functions().oneHot(sop.get())
                : lowerer.functions().oneHot((Variable) root);
    }
}
