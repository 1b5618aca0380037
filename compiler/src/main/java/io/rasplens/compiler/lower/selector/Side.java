package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Stepped;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
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
public record Side(Optional<SOp> sop, Object root, ImmutableList<Value> values, Optional<Stepped> places) {

    /**
     * The side of s-ops that all have the same root.
     *
     * @param others what they are compared with
     */
    static Side of(
            Iterable<SOp> sops, Iterable<SOp> others, Facts facts, Readings readings, VariableReadings variables) {
        Set<SOp> moving = new LinkedHashSet<>();
        for (SOp sop : sops) {
            if (isMoving(sop, facts)) {
                moving.add(sop);
            }
        }
        if (moving.size() > 1) {
            Variable variable =
                    variable(moving.iterator().next(), facts, variables).orElseThrow();
            return new Side(Optional.empty(), variable, variable.domain(), Optional.empty());
        }
        SOp sop = moving.isEmpty() ? sops.iterator().next() : moving.iterator().next();
        Optional<Stepped> places = places(sop, others, facts, readings);
        ImmutableList<Value> values = places.isPresent() ? places.get().values() : facts.values(sop);
        return new Side(Optional.of(sop), sop, values, places);
    }

    private static Optional<Stepped> places(SOp sop, Iterable<SOp> others, Facts facts, Readings readings) {
        if (!Streams.stream(others).allMatch(o -> facts.isListed(o) && facts.isNumber(o))) {
            return Optional.empty();
        }
        if (facts.isListed(sop) && !isMostlyBetween(sop, others, facts, readings)) {
            return Optional.empty();
        }
        double[] numbers = Streams.stream(others)
                .flatMap(other -> facts.values(other).stream())
                .mapToDouble(Values::asNumber)
                .sorted()
                .distinct()
                .toArray();
        return readings.among(sop, ImmutableDoubleArray.copyOf(numbers));
    }

    /**
     * Whether marks of the places are fewer than those of the numbers, and steps tell them from one number that is there already: most
     * fractions stand between the ints that they are compared with.
     */
    private static boolean isMostlyBetween(SOp sop, Iterable<SOp> others, Facts facts, Readings readings) {
        if (!facts.isNumber(sop) || readings.isOneHotFree(sop) || !readings.isNumberFree(sop)) {
            return false;
        }
        long compared = Streams.stream(others)
                .flatMap(other -> facts.values(other).stream())
                .distinct()
                .count();
        long fractions = facts.values(sop).stream()
                .mapToDouble(Values::toDouble)
                .filter(x -> x != Math.rint(x))
                .count();
        return fractions > 2 * compared;
    }

    /** Whether both sides are told by one value that is the same at all positions of an input. */
    boolean isAlwaysLike(Side other, Facts facts) {
        return root.equals(other.root) && values.equals(other.values) && isSameEverywhere(facts);
    }

    private boolean isSameEverywhere(Facts facts) {
        return root instanceof SOp own
                ? facts.inference().sameEverywhere(own)
                : root instanceof Variable.Computed computed
                        && facts.inference().sameEverywhere(computed.sop());
    }

    static boolean isMoving(SOp sop, Facts facts) {
        return !facts.isListed(sop) || facts.values(sop).size() > 1;
    }

    /** The one variable of which the s-op is a function, if it stands in the stream as a one-hot. */
    static Optional<Variable> variable(SOp sop, Facts facts, VariableReadings variables) {
        return facts.table(sop)
                .filter(table -> table.variables().size() == 1)
                .map(table -> table.variables().get(0))
                .filter(variables::isOneHot);
    }

    public boolean isNumeric() {
        return values.stream().allMatch(Value::isNumeric);
    }

    /** The value of one of the s-ops where the side has its {@code place}-th value; empty where it fails. */
    Optional<Value> value(SOp of, int place, Facts facts) {
        if (!isMoving(of, facts)) {
            return Optional.of(facts.values(of).get(0));
        }
        return sop.isPresent()
                ? Optional.of(values.get(place))
                : facts.table(of).orElseThrow().value(place);
    }

    /** The side as one direction per value. */
    public OneHot oneHot(Readings readings, VariableReadings variables) {
        if (places.isPresent()) {
            return readings.places(places.get());
        }
        return sop.isPresent() ? readings.oneHot(sop.get()) : variables.oneHot((Variable) root);
    }
}
