package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * An s-op as a function of others.
 *
 * @param of what it is a function of
 * @param cases what it is for each combination of their values that can be; empty where they are too many to list
 * @param formula the same in RASP
 */
public record SopFunction(
        String sop, ImmutableList<String> of, Optional<ImmutableList<InputCell>> cases, String formula) {

    /**
     * One input cell.
     *
     * @param given a value for each of {@code of}
     */
    public record InputCell(ImmutableList<Value> given, Value is) {}
}
