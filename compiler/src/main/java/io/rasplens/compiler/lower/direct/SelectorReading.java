package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a selector reads: of each side of all its selects the variables, put together.
 *
 * @param key what stands at a key's position
 * @param query what stands at a query's
 * @param table which pairs of both are selected
 */
record SelectorReading(ComparedSide key, ComparedSide query, SelectorTable table) {

    /**
     * One side. Where it has several variables it is a joint one-hot, of one direction for each combination of their values.
     *
     * @param variables the s-ops it depends on; none if it is the same everywhere
     * @param combinations of their values; a single empty one where there is no variable
     */
    record ComparedSide(ImmutableList<SOp> variables, ImmutableList<List<Value>> combinations) {
        boolean isJoint() {
            return variables.size() > 1;
        }

        /** A combination as the value of its direction: {@code (a, 3)}. */
        static StringValue label(List<Value> combination) {
            return new StringValue(combination.stream().map(Value::repr).collect(Collectors.joining(", ", "(", ")")));
        }
    }
}
