package io.rasplens.runtime.transformer;

import io.rasplens.grammar.value.Value;
import java.util.OptionalInt;

/**
 * A value that an s-op is given at one position.
 *
 * @param sop its name, or {@code name@line} for another binding than the last
 * @param position in the input, from 0, BOS not counted
 * @param row the input of the batch; empty for all of them
 */
public record SopEdit(String sop, int position, Value value, OptionalInt row) {
    public static SopEdit of(String sop, int position, Value value) {
        return new SopEdit(sop, position, value, OptionalInt.empty());
    }

    public SopEdit inRow(int number) {
        return new SopEdit(sop, position, value, OptionalInt.of(number));
    }
}
