package io.rasplens.compiler.infer.counts;

import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an s-op can be in each {@linkplain TokenCounts situation}; those in which it can be the same are of one <em>kind</em>, of which there are few. */
public final class ValuesBySituation {
    private final int[] kinds;
    private final List<ImmutableSet<Value>> values = new ArrayList<>();
    private final Map<Value, Map<Integer, Integer>> widened = new HashMap<>();

    /** With no value in any situation. */
    public ValuesBySituation(int situations) {
        this.kinds = new int[situations];
        values.add(ImmutableSet.of());
    }

    /** Adds a value to what there can be in some situations. */
    public void add(Value value, BitSet situations) {
        Map<Integer, Integer> with = widened.computeIfAbsent(value, v -> new HashMap<>());
        int before = -1;
        int after = -1;
        for (int s = situations.nextSetBit(0); s >= 0; s = situations.nextSetBit(s + 1)) {
            if (kinds[s] != before) {
                before = kinds[s];
                after = with.computeIfAbsent(before, kind -> widen(kind, value));
            }
            kinds[s] = after;
        }
    }

    private int widen(int kind, Value value) {
        ImmutableSet<Value> own = values.get(kind);
        if (own.contains(value)) {
            return kind;
        }
        values.add(ImmutableSet.<Value>builder().addAll(own).add(value).build());
        return values.size() - 1;
    }

    /** Greater than any kind. */
    int kinds() {
        return values.size();
    }

    int kind(int situation) {
        return kinds[situation];
    }

    Set<Value> ofKind(int kind) {
        return values.get(kind);
    }

    /** What there can be in a situation. */
    public Set<Value> in(int situation) {
        return values.get(kinds[situation]);
    }
}
