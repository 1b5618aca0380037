package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import com.google.common.primitives.ImmutableDoubleArray;
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
 * @param values what it can be; of numbers too many to list, one for each place among what they are compared with
 * @param places the steps that tell those places
 */
record Side(Optional<SOp> sop, Object root, ImmutableList<Value> values, Optional<Stepped> places) {

    /**
     * The side of s-ops that all have the same root.
     *
     * @param others what they are compared with
     */
    static Side of(Iterable<SOp> sops, Iterable<SOp> others, Lowerer lowerer) {
        Set<SOp> moving = new LinkedHashSet<>();
        for (SOp sop : sops) {
            if (isMoving(sop, lowerer)) {
                moving.add(sop);
            }
        }
        if (moving.size() > 1) {
            Variable variable = variable(moving.iterator().next(), lowerer).orElseThrow();
            return new Side(Optional.empty(), variable, variable.domain(), Optional.empty());
        }
        SOp sop = moving.isEmpty() ? sops.iterator().next() : moving.iterator().next();
        Optional<Stepped> places = places(sop, others, lowerer);
        ImmutableList<Value> values = places.isPresent() ? places.get().values() : lowerer.values(sop);
        return new Side(Optional.of(sop), sop, values, places);
    }

    private static Optional<Stepped> places(SOp sop, Iterable<SOp> others, Lowerer lowerer) {
        if (lowerer.isListed(sop)
                || !Streams.stream(others).allMatch(o -> lowerer.isListed(o) && lowerer.isPlainNumber(o))) {
            return Optional.empty();
        }
        double[] numbers = Streams.stream(others)
                .flatMap(other -> lowerer.values(other).stream())
                .mapToDouble(Lowerer::asNumber)
                .sorted()
                .distinct()
                .toArray();
        return lowerer.functions().among(sop, ImmutableDoubleArray.copyOf(numbers));
    }

    static boolean isMoving(SOp sop, Lowerer lowerer) {
        return !lowerer.isListed(sop) || lowerer.values(sop).size() > 1;
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
        if (places.isPresent()) {
            return lowerer.functions().oneHot(places.get());
        }
        return sop.isPresent()
                ? lowerer.functions().oneHot(sop.get())
                : lowerer.functions().oneHot((Variable) root);
    }
}
