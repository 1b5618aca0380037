package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values that s-ops are given in place of those that the program computes: the do-operator (Pearl). What reads such an s-op reads
 * the given value; what the s-op reads is as it was. Immutable.
 *
 * <pre>{@code
 * var overrides = Overrides.NONE.with(length, 0, Value.of(2));
 * Interpreter.evaluate(reverse, input, false, overrides);
 * }</pre>
 */
public final class Overrides {
    public static final Overrides NONE = new Overrides(ImmutableMap.of());

    private final ImmutableMap<SOp, ImmutableSortedMap<Integer, Value>> values;

    private Overrides(ImmutableMap<SOp, ImmutableSortedMap<Integer, Value>> values) {
        this.values = values;
    }

    /**
     * These and one more; of two for one place the later one counts.
     *
     * @param position of the input, from 0
     */
    public Overrides with(SOp node, int position, Value value) {
        if (position < 0) {
            throw new IllegalArgumentException("no position " + position);
        }
        Map<SOp, ImmutableSortedMap<Integer, Value>> more = new HashMap<>(values);
        var row = new TreeMap<Integer, Value>(more.getOrDefault(node, ImmutableSortedMap.of()));
        row.put(position, value);
        more.put(node, ImmutableSortedMap.copyOfSorted(row));
        return new Overrides(ImmutableMap.copyOf(more));
    }

    /** What the node is given, by position. */
    public ImmutableSortedMap<Integer, Value> of(SOp node) {
        return values.getOrDefault(node, ImmutableSortedMap.of());
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The node's sequence with what it is given in place. */
    Value[] applyTo(SOp node, Value[] computed) throws EvaluationException {
        ImmutableSortedMap<Integer, Value> given = of(node);
        if (given.isEmpty()) {
            return computed;
        }
        if (given.lastKey() >= computed.length) {
            throw new EvaluationException(
                            EvaluationCode.INDEX_OUT_OF_RANGE,
                            "there is no position " + given.lastKey() + " in an input of " + computed.length
                                    + (computed.length == 1 ? " token" : " tokens"))
                    .in(node);
        }
        Value[] edited = computed.clone();
        given.forEach((position, value) -> edited[position] = value);
        return edited;
    }
}
