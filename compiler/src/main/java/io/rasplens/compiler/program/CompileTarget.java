package io.rasplens.compiler.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.value.Value;

/**
 * What a lowering gets: a program and the inputs it must be right on.
 *
 * @param vocabulary the tokens an input may hold, distinct by kind and value
 * @param maxLength the longest input, BOS not counted; at least 1
 * @param kept s-ops that the model must hold as they are, each of their values to be read in any company
 */
public record CompileTarget(
        RaspProgram program, ImmutableList<Value> vocabulary, int maxLength, ImmutableSet<SOp> kept) {

    /** A target of which nothing needs to be kept. */
    public CompileTarget(RaspProgram program, ImmutableList<Value> vocabulary, int maxLength) {
        this(program, vocabulary, maxLength, ImmutableSet.of());
    }
}
