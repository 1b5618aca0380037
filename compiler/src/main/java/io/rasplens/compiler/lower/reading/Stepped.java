package io.rasplens.compiler.lower.reading;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;

/**
 * A number that changes in steps.
 *
 * @param of the steps are those of the first less the second, or of the first alone
 * @param levels the values between the steps, from the left
 * @param ends where each step begins and ends
 */
public record Stepped(ImmutableList<SOp> of, ImmutableDoubleArray levels, ImmutableList<Ends> ends) {

    /** Two neighbours on a grid: the number is never in between. */
    public record Ends(double left, double right) {}

    /** The levels in RASP. */
    public ImmutableList<Value> values() {
        return levels.stream().mapToObj(Value::of).collect(ImmutableList.toImmutableList());
    }
}
