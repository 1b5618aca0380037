package io.rasplens.compiler.program;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Answers that are made once for each question and then known. What makes an answer may ask for others in turn, as long as no answer
 * needs itself.
 */
public final class Memo<K, V> {
    private final Map<K, V> known = new HashMap<>();
    private final Function<? super K, ? extends V> make;

    public Memo(Function<? super K, ? extends V> make) {
        this.make = make;
    }

    public V get(K key) {
        V found = known.get(key);
        if (found == null) {
            found = make.apply(key);
            known.put(key, found);
        }
        return found;
    }

    /** Whether the answer is known already. */
    public boolean has(K key) {
        return known.containsKey(key);
    }

    /** Makes room: what is asked again is made again. */
    public void forget() {
        known.clear();
    }
}
